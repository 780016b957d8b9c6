import pytest

from nbcoach.documents import read
from nbcoach.examples import notebook_text
from nbcoach.subjects import Unreadable
from nbcoach.versions import is_before


def before_3(percent: str) -> bool:
    document = read("a.ipynb", notebook_text(percent).encode())
    assert not isinstance(document, Unreadable)
    return is_before(document.notebook, "pandas", 3)


@pytest.mark.parametrize(
    ("requirement", "expected"),
    {
        "pandas==2.2.3": True,
        "pandas<3": True,
        "pandas<3.0": True,
        "pandas<=2.1": True,
        "pandas~=2.0": True,
        "pandas[excel]==1.5": True,
        "pandas==3.0.1": False,
        "pandas<3.1": False,
        "pandas>=2": False,
        "pandas": False,
        "pandas-stubs==2.0": False,
        "geopandas==1.0": False,
    }.items(),
)
def test_an_install_says_the_release(requirement: str, expected: bool) -> None:
    assert before_3(f'# %%\n%pip install "{requirement}"') is expected


@pytest.mark.parametrize(("version", "expected"), {"3.10.4": True, "3.11.0": False}.items())
def test_else_the_python_it_ran_with_does(version: str, expected: bool) -> None:
    metadata = (
        f'# notebook metadata={{"language_info": {{"name": "python", "version": "{version}"}}}}'
    )
    assert before_3(f"{metadata}\n# %%\nimport pandas") is expected
    assert not before_3(f"{metadata}\n# %%\n!pip install pandas==3.1")


@pytest.mark.parametrize("information", ["null", "{}", '{"version": 3}', '{"version": "new"}'])
def test_without_either_it_is_unknown(information: str) -> None:
    assert not before_3(f'# notebook metadata={{"language_info": {information}}}\n# %%\nx = 1')
