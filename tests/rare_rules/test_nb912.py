"""NB912 throwaway-shell-state: commands that change only a shell that ends with its line."""

from tests.rare_rules.harness import (
    Case,
    each,
    every,
    findings,
    notebook,
    repaired,
    rewritten,
    spread,
)

FORMS = {
    "export": "!export KEY=1",
    "export-quoted": '!export NAME="Ana Größe"',
    "export-single-quoted": "!export NAME='a b'",
    "export-path": "!export DATA_DIR=/content/data",
    "cd": "!cd data",
    "cd-up": "!cd ..",
    "cd-absolute": "!cd /content/drive/MyDrive",
    "cd-quoted": '!cd "my größe"',
    "cd-expanded": "folder = 'data'\n!cd {folder}",
    "source": "!source env/bin/activate",
    "dot": "!. env/bin/activate",
    "conda": "!conda activate rivers",
    "alias": "!alias ll='ls -l'",
    "set": "!set -o pipefail",
    "system": "!!cd data",
    "commented": "!cd data  # größe",
    "spaces": "!  cd   data  ",
}
CONTEXTS = {
    "alone": "# %%\n<code>",
    "among-code": "# %%\nimport os\n<code>\nprint('é')",
    "condition": "# %%\nimport os\nif os.name == 'posix':\n    <code>",
    "among-shell": "# %%\n!ls\n# %% [markdown]\n# Größe\n# %%\n%matplotlib inline\n<code>\n!ls",
    "timed": "# %%\n%%time\n<code>",
}
# The shell still does something, or the change is not the shell's alone.
USED = {
    "cd-and": "!cd data && ls",
    "cd-and-comment": "!cd data && ls  # größe",
    "hash-in-quotes": "!export NAME='a #b'; echo $NAME",
    "cd-semicolon": "!cd data; ls",
    "cd-or": "!cd data || mkdir data",
    "cd-subshell": "!(cd data && make)",
    "cd-continued": "!cd data && \\\n  make",
    "cd-pipe": "!cd data | cat",
    "export-and": "!export KEY=1 && python train.py",
    "export-semicolon": "!export KEY=1; python train.py",
    "source-and": "!source env/bin/activate && pip list",
    "source-semicolon": "!source env/bin/activate; pip list",
    "conda-and": "!conda activate rivers && conda list",
    "conda-run": "!conda run -n rivers python train.py",
    "environment-prefix": "!KEY=1 python train.py",
    "env": "!env KEY=1 python train.py",
    "bash-string": "!bash -c 'cd data && ls'",
    "export-list": "!export -p",
    "alias-list": "!alias",
    "set-list": "!set",
    "make-folder": "!mkdir data",
    "git-folder": "!git -C data status",
    "name-begins-so": "!cdo info data.nc",
    "source-in-name": "!sourcery review .",
    "exporter": "!exportfs -a",
    "conda-install": "!conda install -y numpy",
    "echo": "!echo cd data",
    "output-kept": "files = !cd data && ls",
    "magic-cd": "%cd data",
    "magic-env": "%env KEY=1",
    "relative-program": "!./configure --prefix=/opt",
    "settings": "!setfacl -m u:ana:r data",
}
SAFE_CONTEXTS = {name: CONTEXTS[name] for name in ("alone", "condition", "among-shell")}
SAFE = {
    "bash-cell": "# %%\n%%bash\ncd data\nexport KEY=1\nls",
    "bash-cell-bang": "# %%\n%%bash\n!cd data",
    "string": "# %%\ntext = '''\n!cd data\n'''",
    "comment": "# %%\n# !cd data",
    "markdown": "# %% [markdown]\n# !cd data",
    "written-file": "# %%\n%%writefile a.sh\n!cd data",
    "python": "# %%\nimport os\nos.chdir('.')",
    "unequal": "# %%\ncd, data = 1, 2\nassert cd != data",
    "raw": "# %% [raw]\n!cd data",
    "within-brackets": "# %%\ntext = ('a'\n'!cd data')",
}
PLAIN = "# %%\nprint('é')\n!cd data"
CASES = [
    *spread(FORMS, CONTEXTS, 1),
    notebook("three-lines", "# %%\n!export KEY=1\n!cd data\n!source env/bin/activate", 3),
    *rewritten("hit", PLAIN, 1),
    *spread(USED, SAFE_CONTEXTS),
    *each(SAFE),
    *rewritten("miss", PLAIN + " && ls"),
]
FIXED = [case for case in CASES if case.hits and case.name.startswith(("export", "cd"))]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB912", case)) == case.hits


@every(FIXED)
def test_fix_uses_the_kernel(case: Case) -> None:
    fixed = repaired("NB912", case).decode()
    assert ("%env " in fixed) == case.name.startswith("export")
    assert ("%cd " in fixed) == case.name.startswith("cd")
    assert not findings("NB912", Case(case.name, fixed.encode(), 0))
