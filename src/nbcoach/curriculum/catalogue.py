"""The lessons there are and those that are planned, from `curriculum.toml`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from nbcoach.errors import UsageError

# An installed nbcoach has the samples beside it; in a checkout they lie beside `src`.
_PACKAGE = Path(__file__).parents[1]
_PLACES = (_PACKAGE.parents[1] / "sample_notebooks", _PACKAGE.parent / "nbcoach_samples")
_LIST = "`nbcoach learn list` shows which there are"


@dataclass(frozen=True)
class Track:
    """A group of lessons; `folder` starts with its number."""

    folder: str
    title: str

    @property
    def number(self) -> str:
        """What the ids of its lessons start from, such as "50"."""
        return self.folder.partition("_")[0]


@dataclass(frozen=True)
class Lesson:
    """One lesson as the catalogue describes it; `samples` is the folder of all lessons.

    Of a planned lesson `level`, `minutes` and `budget_cpu_s` may be unknown, which is 0.
    """

    samples: Path
    id: str
    slug: str
    track: str
    title: str
    level: int = 0
    minutes: int = 0
    budget_cpu_s: float = 0
    topics: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of its files, without suffix."""
        return f"{self.id}_{self.slug}"

    @property
    def path(self) -> Path:
        """The complete notebook."""
        return self.samples / self.track / f"{self.name}.ipynb"

    @property
    def twin(self) -> Path:
        """The flawed twin."""
        return self.samples / "flawed" / f"{self.name}.ipynb"

    @cached_property
    def exists(self) -> bool:
        """Whether it has been written; if not, it is planned."""
        return self.path.is_file()


@dataclass(frozen=True)
class Curriculum:
    """All lessons in their order. `topics` are titles by code."""

    topics: Mapping[str, str]
    tracks: tuple[Track, ...]
    lessons: tuple[Lesson, ...]

    @property
    def written(self) -> tuple[Lesson, ...]:
        """The lessons that exist."""
        return tuple(lesson for lesson in self.lessons if lesson.exists)

    def lesson(self, word: str) -> Lesson:
        """The lesson of an id, slug or file name; raises UsageError if it is unknown or planned."""
        lesson = self._named(Path(word).name.partition(".")[0])
        if lesson is None:
            from nbcoach.spelling import nearest

            guess = nearest(word, [name for other in self.lessons for name in _names(other)])
            raise UsageError(f"no lesson is called `{word}`; did you mean `{guess}`? {_LIST}")
        if not lesson.exists:
            raise UsageError(
                f"lesson {lesson.id}, {lesson.title}, is planned and not written yet; {_LIST}"
            )
        return lesson

    def _named(self, word: str) -> Lesson | None:
        wanted = word.casefold()
        return next((lesson for lesson in self.lessons if wanted in _names(lesson)), None)

    def teaching(self, code: str) -> tuple[Lesson, ...]:
        """The written lessons that teach a rule."""
        return tuple(lesson for lesson in self.written if code in lesson.rules)

    def before(self, lesson: Lesson) -> tuple[Lesson, ...]:
        """The written lessons that a lesson builds on."""
        return tuple(other for other in self.written if other.id in lesson.prerequisites)


def _names(lesson: Lesson) -> tuple[str, str, str]:
    return lesson.id, lesson.slug, lesson.name


def curriculum() -> Curriculum:
    """The curriculum that comes with this nbcoach; raises UsageError if it was left out."""
    place = _samples()
    if place is None:
        raise UsageError(f"this nbcoach was installed without its lessons: {_PLACES[1]} is missing")
    return load(place)


def lessons_about(code: str) -> tuple[str, ...]:
    """One sentence for each written lesson that teaches a rule."""
    place = _samples()
    lessons = () if place is None else load(place).teaching(code)
    return tuple(
        f"Lesson {lesson.id}, {lesson.title}: `nbcoach learn start {lesson.id}`"
        for lesson in lessons
    )


def _samples() -> Path | None:
    return next((place for place in _PLACES if (place / "curriculum.toml").is_file()), None)


def load(samples: Path) -> Curriculum:
    """The curriculum of a folder of lessons."""
    import tomllib

    content = tomllib.loads((samples / "curriculum.toml").read_text(encoding="utf-8"))
    return Curriculum(
        content.get("topics", {}),
        tuple(Track(**track) for track in content["track"]),
        tuple(_lessons(samples, content["lesson"])),
    )


def _lessons(samples: Path, entries: list[dict[str, Any]]) -> Iterator[Lesson]:
    for entry in entries:
        lists = {key: tuple(value) for key, value in entry.items() if isinstance(value, list)}
        yield Lesson(samples, **{**entry, **lists})
