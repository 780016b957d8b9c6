import pytest

from nbcoach.documents import read
from nbcoach.examples import notebook_text
from nbcoach.notebook import Notebook
from nbcoach.subjects import Unreadable


def notebook(percent: str) -> Notebook:
    document = read("a.ipynb", notebook_text(percent).encode())
    assert not isinstance(document, Unreadable)
    return document.notebook


def markdown(text: str) -> Notebook:
    lines = "\n".join(f"# {line}" for line in text.split("\n"))
    return notebook(f"# %% [markdown]\n{lines}")


@pytest.mark.parametrize(
    "fragment",
    {
        "jupyter": "2.-What-is-a-*loss*,-Ana's?",
        "rendered": "2.-What-is-a-loss,-Ana's?",
        "encoded": "2.-What-is-a-loss%2C-Ana%27s%3F",
        "github": "2-what-is-a-loss-anas",
        "second-of-its-name": "2-what-is-a-loss-anas-1",
        "numbered-contents": "2.-What-is-a-loss,-Ana's?-3.1",
        "pandoc": "what-is-a-loss-anas",
        "sphinx": "2-what-is-a-loss-ana-s",
        "underscores": "2_what_is_a_loss_ana_s",
    }.values(),
)
def test_a_heading_has_the_names_that_tools_give_it(fragment: str) -> None:
    assert markdown("## 2. What is a *loss*, Ana's?").anchors.has(fragment)


@pytest.mark.parametrize(
    "text",
    [
        '<a id="here"></a>',
        "<a name=here>",
        "## Elsewhere <a class='anchor' id='here'></a>",
        "(here)=\n## Elsewhere",
        "## Elsewhere {#here}",
        "## Elsewhere [[here]]",
        "```{figure} a.png\n:name: here\n```",
        "$$x \\label{here}$$",
        "## [Here](https://example.org)",
        "## `here`",
        "Here\n====",
        "<h2>Here</h2>",
    ],
)
def test_other_names(text: str) -> None:
    assert markdown(text).anchors.has("here")


def test_html_of_code_and_outputs_counts() -> None:
    made = notebook(
        """# %%
display(HTML("<a id='made'></a>"))
# %% outputs=[{"output_type": "display_data", "metadata": {}, "data": {"text/html": "<p id=out>"}}]
show()"""
    )
    assert made.anchors.has("made")
    assert made.anchors.has("out")


@pytest.mark.parametrize("fragment", ["Losses", "LOSS", "the loss", "Los", "x", "%", "-1"])
def test_a_name_that_nothing_has(fragment: str) -> None:
    assert not markdown("# The loss").anchors.has(fragment)


def test_headings_are_named_as_in_jupyter() -> None:
    assert markdown("# The *loss*\n## `x` and [y](z)").anchors.headings == ("The-loss", "x-and-y")
