"""NB240 nested-event-loop: inside a running loop these calls raise RuntimeError, others do not."""

from tests.rare_rules.harness import Case, each, every, findings, notebook, rewritten, spread
from tests.rare_rules.kernel import outcome

MAIN = "async def main():\n    return 3\n"
FORMS = {
    "run": (f"import asyncio\n{MAIN}", "result = asyncio.run(main())"),
    "alias": (f"import asyncio as aio\n{MAIN}", "aio.run(main(), debug=True)"),
    "from-import": (f"from asyncio import run\n{MAIN}", "print('é', run(main()))"),
    "renamed": (f"from asyncio import run as start\n{MAIN}", "start(main=main())"),
    "loop-name": (f"import asyncio\n{MAIN}loop = asyncio.get_event_loop()",
                  "result = loop.run_until_complete(main())"),
    "chained": (f"import asyncio\n{MAIN}",
                "asyncio.get_event_loop().run_until_complete(main())"),
    "new-loop": (f"import asyncio\n{MAIN}loop = asyncio.new_event_loop()",
                 "rows = [loop.run_until_complete(main())]"),
    "from-import-loop": (f"from asyncio import get_event_loop\n{MAIN}",
                         "get_event_loop().run_until_complete(main())"),
}  # fmt: skip
CONTEXTS = {
    "one-cell": "# %%\n<setup>\n<code>",
    "next-cell": "# %%\n<setup>\n# %% [markdown]\n# Jetzt läuft es\n# %%\n<code>",
    "called-function": "# %%\n<setup>\ndef work():\n    <code>\n# %%\nwork()",
    "two-functions-deep": "# %%\n<setup>\ndef inner():\n    <code>\ndef outer():\n    inner()\n"
    "# %%\nouter()",
    "loop": "# %%\n<setup>\nfor step in [1]:\n    <code>",
    "finally": "# %%\n<setup>\ntry:\n    pass\nfinally:\n    <code>",
    "timed-cell": "# %%\n<setup>\n# %%\n%%time\n<code>",
    "beside-magics": "# %%\n%matplotlib inline\n<setup>\n# %%\n!ls\n<code>",
    "constructor": "# %%\n<setup>\nclass Work:\n    def __init__(self):\n        <code>\nWork()",
    "script-guard": "# %%\n<setup>\nif __name__ == '__main__':\n    <code>",
}
FROM_NOWHERE = f"# %%\nimport asyncio\n{MAIN}"
CAUGHT = {
    "runtime-error": "<setup>\ntry:\n    <code>\nexcept RuntimeError:\n    pass",
    "bare": "<setup>\ntry:\n    <code>\nexcept:\n    pass",
    "all": "<setup>\ntry:\n    <code>\nexcept Exception as error:\n    print(error)",
    "in-called-function": "<setup>\ndef work():\n    try:\n        <code>\n"
    "    except RuntimeError:\n        pass\nwork()",
}
UNCALLED = {
    "function": "<setup>\ndef work():\n    <code>",
    "method": "<setup>\nclass Work:\n    def start(self):\n        <code>",
    "thread": "import threading\n<setup>\ndef work():\n    <code>\n"
    "thread = threading.Thread(target=lambda: None)\nthread.start()\nthread.join()",
}
PATCHED = {
    "patched": "import nest_asyncio\nnest_asyncio.apply()\n<setup>\n<code>",
    "patched-elsewhere": "<setup>\n# %%\n__import__('nest_asyncio').apply()\n# %%\n<code>",
}
SAFE = {
    "awaited": FROM_NOWHERE + "result = await main()",
    "gathered": FROM_NOWHERE + "result = await asyncio.gather(main(), main())",
    "awaited-in-async": FROM_NOWHERE + "async def work():\n    return await main()\nawait work()",
    "task": FROM_NOWHERE + "task = asyncio.create_task(main())\nawait task",
    "runner-not-run": FROM_NOWHERE + "runner = asyncio.Runner()",
    "future-thread": FROM_NOWHERE + "result = await asyncio.to_thread(asyncio.run, main())",
    "passed-on": FROM_NOWHERE + "from concurrent.futures import ThreadPoolExecutor\n"
    "with ThreadPoolExecutor() as pool:\n    print(pool.submit(asyncio.run, main()).result())",
    "subprocess": "# %%\nimport subprocess, asyncio\nsubprocess.run(['true'])",
    "own-run": "# %%\nimport asyncio\ndef run(x):\n    return x\nrun(3)",
    "own-object": "# %%\nimport asyncio\nclass Model:\n    def run(self, x):\n        return x\n"
    "Model().run(3)",
    "shadowed-module": "# %%\nimport asyncio\nclass asyncio:\n    @staticmethod\n"
    "    def run(x):\n        return x\nasyncio.run(3)",
    "own-loop": "# %%\nimport asyncio\nclass Loop:\n    def run_until_complete(self, x):\n"
    "        return x\nloop = Loop()\nloop.run_until_complete(3)",
    "script-file": "# %%\n%%writefile main.py\nimport asyncio\nasyncio.run(main())",
    "shell": "# %%\n!python -c 'import asyncio; asyncio.run(main())'",
    "markdown": "# %% [markdown]\n# `asyncio.run(main())` fails here.\n# %%\nimport asyncio",
    "string": "# %%\nimport asyncio\nprint('asyncio.run(main())')",
    "comment": FROM_NOWHERE + "await main()  # asyncio.run(main()) in a script",
    "attribute-only": "# %%\nimport asyncio\nstart = asyncio.run",
    "run-in-executor": FROM_NOWHERE + "loop = asyncio.get_running_loop()\n"
    "await loop.run_in_executor(None, print, 1)",
    "loop-closed": "# %%\nimport asyncio\nloop = asyncio.new_event_loop()\nloop.close()",
    "event-loop-time": "# %%\nimport asyncio\nasyncio.get_event_loop().time()",
    "coroutine-threadsafe": FROM_NOWHERE
    + "future = asyncio.run_coroutine_threadsafe(main(), asyncio.get_running_loop())",
    "iscoroutine": FROM_NOWHERE + "print(asyncio.iscoroutinefunction(main))",
}
BREAKS_SILENTLY = {
    "loop-of-two-origins": FROM_NOWHERE + "loop = None\nif loop is None:\n"
    "    loop = asyncio.get_event_loop()\nloop.run_until_complete(main())",
    "loop-given": FROM_NOWHERE + "def work(loop):\n    loop.run_until_complete(main())\n"
    "work(asyncio.get_event_loop())",
    "thirdparty-loop": FROM_NOWHERE + "client.loop.run_until_complete(main())",
    "anyio": "# %%\nimport asyncio, anyio\nanyio.run(print)",
}
SCRIPT = b"# %%\nimport asyncio\n\n\nasync def main():\n    pass\n\n\nasyncio.run(main())\n"
CASES = [
    *spread(FORMS, CONTEXTS, 1),
    *rewritten("run", f"{FROM_NOWHERE}# %%\nprint('ü', asyncio.run(main()))", 1),
    *spread(FORMS, {name: f"# %%\n{text}" for name, text in (CAUGHT | UNCALLED).items()}),
    *spread(FORMS, {name: f"# %%\n{text}" for name, text in PATCHED.items()}, breaks=True),
    *each(SAFE),
    *each(BREAKS_SILENTLY, breaks=True),
    notebook("same-as-script", SCRIPT.decode(), 1),
    Case("script", SCRIPT, 0, "case.py"),
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB240", case)) == case.hits


@every([case for case in CASES if case.sources and not case.breaks])
def test_python_agrees(case: Case) -> None:
    error, _ = outcome(case.sources)
    assert (error == "RuntimeError") == bool(case.hits)
