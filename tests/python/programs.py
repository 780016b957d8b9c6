"""Small random notebooks that really run, to compare what the analysis says with what happens."""

from random import Random

NAMES = ("a", "b", "c", "d")
FUNCTIONS = ("f", "g", "h")
PRELUDE = "import random\nchance = random.Random({seed})\n"


class Writer:
    """Writes random cells; every draw comes from `random`, so that a failure can be shrunk."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def notebook(self) -> list[str]:
        """The sources of a few cells, the first of which makes chance deterministic."""
        cells = [PRELUDE.format(seed=self.random.randint(0, 9))]
        return cells + [self.cell() for _ in range(self.random.randint(1, 5))]

    def cell(self) -> str:
        count = self.random.randint(1, 4)
        return "\n".join(line for _ in range(count) for line in self.statement(0, False))

    def block(self, depth: int, function: bool) -> list[str]:
        count = self.random.randint(1, 3 if depth < 2 else 1)
        lines = [line for _ in range(count) for line in self.statement(depth, function)]
        return ["    " + line for line in lines]

    def statement(self, depth: int, function: bool) -> list[str]:
        simple = [
            self.assign,
            self.assign,
            self.read,
            self.read,
            self.augment,
            self.delete,
            self.call,
            self.call,
            self.import_,
            self.leave if function else self.read,
        ]
        nested = [self.if_, self.for_, self.while_, self.def_, self.def_, self.class_, self.try_]
        nested += [self.with_, self.guard]
        kind = self.random.choice(simple if depth >= 3 or self.random.random() < 0.6 else nested)
        return kind(depth, function)

    def name(self) -> str:
        return self.random.choice(NAMES)

    def value(self) -> str:
        name, other = self.name(), self.name()
        return self.random.choice(
            [
                "1",
                "2",
                name,
                f"{name} + 1",
                f"{name} if {self.test()} else {other}",
                f"[{name} for _ in range(2)][0]",
                f"[{name} for {name} in (1, 2)][0]",
                f"sum({name} for {name} in (1, 2))",
                f"(lambda: {name})()",
                f"(lambda {name}: {name})(1)",
                f"({name} := 3)",
                f"len([({other} := {name}) for {name} in (1, 2)])",
                f"({self.test()} and {name})",
                f"f'{{{name}}}' and 1",
                f"{{'k': {name}}}['k']",
            ]
        )

    def test(self) -> str:
        return self.random.choice(["chance.random() < 0.5", "True", "False", "1 < 2 < 3"])

    def assign(self, depth: int, function: bool) -> list[str]:
        target = self.random.choice([self.name(), f"{self.name()}, {self.name()}"])
        return [f"{target} = {self.value()}{', 1' if ',' in target else ''}"]

    def read(self, depth: int, function: bool) -> list[str]:
        return [self.random.choice([self.name(), f"str({self.value()})", f"repr({self.name()})"])]

    def augment(self, depth: int, function: bool) -> list[str]:
        return [f"{self.name()} += 1"]

    def delete(self, depth: int, function: bool) -> list[str]:
        return [f"del {self.name()}"]

    def call(self, depth: int, function: bool) -> list[str]:
        name = self.random.choice(FUNCTIONS)
        return [self.random.choice([f"{name}()", f"list(map(lambda _: {name}(), [1]))"])]

    def import_(self, depth: int, function: bool) -> list[str]:
        name = self.name()
        choices = [f"import math as {name}; {name} = 1", f"from math import pi as {name}"]
        return [self.random.choice(choices)]

    def leave(self, depth: int, function: bool) -> list[str]:
        return [self.random.choice(["return", f"return {self.value()}"])]

    def if_(self, depth: int, function: bool) -> list[str]:
        lines = [f"if {self.test()}:", *self.block(depth + 1, function)]
        if self.random.random() < 0.5:
            lines += ["else:", *self.block(depth + 1, function)]
        return lines

    def for_(self, depth: int, function: bool) -> list[str]:
        source = self.random.choice(["()", "(1, 2)", "range(2)", "[1] * chance.randint(0, 2)"])
        lines = [f"for {self.name()} in {source}:", *self.block(depth + 1, function)]
        if self.random.random() < 0.3:
            jump = self.random.choice(["break", "continue"])
            lines += [f"    if {self.test()}:", f"        {jump}", *self.block(depth + 2, function)]
        return lines

    def while_(self, depth: int, function: bool) -> list[str]:
        body = self.block(depth + 1, function)
        if self.random.random() < 0.5:
            return ["while True:", *body, "    break"]
        return ["while chance.random() < 0.4:", *body]

    def def_(self, depth: int, function: bool) -> list[str]:
        name = self.random.choice(FUNCTIONS)
        parameter = self.random.choice(["", f"{self.name()}=1", f"{self.name()}={self.name()}"])
        body = self.block(depth + 1, True)
        if self.random.random() < 0.3:
            body = [f"    global {self.name()}", *body]
            if parameter:
                parameter = ""
        return [f"def {name}({parameter}):", *body]

    def class_(self, depth: int, function: bool) -> list[str]:
        body = ["    def __init__(self):", *("    " + line for line in self.block(depth + 2, True))]
        if self.random.random() < 0.5:
            body = self.block(depth + 1, False)
        call = ["K()"] if self.random.random() < 0.6 else []
        return ["class K:", *body, *call]

    def try_(self, depth: int, function: bool) -> list[str]:
        kinds = ["NameError", "ValueError", "Exception", "(NameError, KeyError)"]
        caught = self.random.choice(kinds)
        lines = ["try:", *self.block(depth + 1, function)]
        if self.random.random() < 0.3:
            lines += ["    raise ValueError"]
        lines += [f"except {caught}:", *self.block(depth + 1, function)]
        if self.random.random() < 0.3:
            lines += ["finally:", *self.block(depth + 1, function)]
        return lines

    def with_(self, depth: int, function: bool) -> list[str]:
        caught = self.random.choice(["NameError", "ValueError"])
        lines = [f"with contextlib.suppress({caught}):", *self.block(depth + 1, function)]
        return ["import contextlib", *lines]

    def guard(self, depth: int, function: bool) -> list[str]:
        name = self.name()
        word = self.random.choice(["in", "not in"])
        return [f"if {name!r} {word} globals():", *self.block(depth + 1, function)]
