"""JUnit XML, for services that show the results of tests."""

from itertools import groupby
from operator import attrgetter
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from nbcoach.escaping import visible
from nbcoach.finding import Severity
from nbcoach.report import FileResult, PlacedFinding, Report
from nbcoach.reporters.counting import label
from nbcoach.reporters.positions import position


def report(report: Report) -> str:
    """A suite for each file with a test for each rule; below `fail_on` no test fails."""
    root = Element("testsuites", name="nbcoach", time=f"{report.elapsed:.3f}")
    for file in report.files:
        root.append(_suite(file, report.fail_on))
    _count(root)
    indent(root)
    text = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _suite(file: FileResult, fail_on: Severity) -> Element:
    suite = Element("testsuite", name=visible(file.path))
    by_rule = attrgetter("finding.code")
    for code, found in groupby(sorted(file.findings, key=by_rule), by_rule):
        suite.append(_case(file.path, code, list(found), fail_on))
    if file.error:
        case = SubElement(suite, "testcase", classname=visible(file.path), name="nbcoach")
        SubElement(case, "error", message=visible(file.error))
    if not len(suite):
        SubElement(suite, "testcase", classname=visible(file.path), name="no findings")
    if file.note:
        SubElement(suite, "system-err").text = visible(f"Not looked at in full: {file.note}")
    _count(suite)
    return suite


def _case(path: str, code: str, found: list[PlacedFinding], fail_on: Severity) -> Element:
    name = f"{code} {found[0].finding.name}"
    case = Element("testcase", classname=visible(path), name=visible(name))
    worst = max(placed.finding.severity for placed in found)
    lines = "\n".join(_line(placed) for placed in found)
    if worst >= fail_on:
        message = found[0].finding.message if len(found) == 1 else f"{len(found)} findings"
        failure = SubElement(case, "failure", type=label(worst), message=visible(message))
        failure.text = lines
    else:
        SubElement(case, "system-out").text = lines
    return case


def _line(placed: PlacedFinding) -> str:
    # What XML 1.0 cannot hold at all is made visible with the rest.
    where = (visible(placed.finding.path), position(placed.place))
    return ": ".join(filter(None, (*where, visible(placed.finding.message))))


def _count(element: Element) -> None:
    element.set("tests", str(len(list(element.iter("testcase")))))
    element.set("failures", str(len(list(element.iter("failure")))))
    element.set("errors", str(len(list(element.iter("error")))))
