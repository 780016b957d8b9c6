"""Notebooks that run from top to bottom, full of what safe fixes repair, in percent format."""

NOTEBOOKS = {
    "training": """\
# notebook metadata={"kernelspec": {"name": "python3", "display_name": "3"}, "vscode": {"a": 1}}
# %% [markdown] id=null
# # A line through points
# %% id=null metadata={"scrolled": true}
import torch

torch.manual_seed(3)
device = "cuda" if torch.cuda.is_available() else "cpu"
points = torch.linspace(-1, 1, 32).reshape(-1, 1)
values = 3 * points + 0.5 + 0.1 * torch.randn(32, 1)
# %%
# %%
model = torch.nn.Linear(1, 1).to(device)
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
losses = []
total = 0.0
for epoch in range(20):
    optimizer.zero_grad()
    with torch.cuda.amp.autocast(enabled=False):
        loss = (model(points.to(device)) - values.to(device)).square().mean()
    loss.backward()
    optimizer.step()
    total += loss
    losses.append(loss)
# %% execution_count=7 stream="old\\n"
print(f"{float(total):.4f}", [round(float(loss), 4) for loss in losses[-3:]])
# %% id="double"
slope = model.weight.detach().cpu().numpy().round(3).tolist()
slope
# %% id="double"
predicted = model(points.to(device)).detach()
predicted.cpu().numpy().sum().round(3)
""",
    "folders": """\
# %% [markdown]
# # Files
# %%
import os

os.makedirs("prices", exist_ok=True)
for town in ("Leeds", "York"):
    with open(f"prices/{town}.csv", "w") as file:
        file.write("price\\n3\\n")  # nbcoach: ignore[NB907] a placeholder
# %%
ls prices
# %%
cd prices
# %%
files = sorted(os.listdir())
files
# %% [markdown]
# %%
pwd
# %%
cd ..
# %%
found = {file: os.path.getsize(f"prices/{file}") for file in files}
found
""",
    "mixed precision": """\
# %% [markdown]
# # Half the digits
# %%
import torch
from torch.autograd import Variable

scaler = torch.cuda.amp.GradScaler(enabled=False)
weight = Variable(torch.ones(3), requires_grad=True)
history = {}
# %%
for step in range(4):
    with torch.cuda.amp.autocast(False), torch.cpu.amp.autocast(enabled=False):
        error = (weight - torch.arange(3.0)).square().sum()
    scaler.scale(error).backward()
    history[step] = error
    with torch.no_grad():
        weight -= 0.1 * weight.grad
        weight.grad = None
# %% execution_count=3 result="0"
sum(history.values()).item()
# %%
{"weight": weight.tolist(), "scale": scaler.get_scale()}
""",
    "devices": """\
# %% [markdown]
# # Where it runs
# %%
import torch

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
layer = torch.nn.Linear(2, 2).to(device)
with torch.no_grad():
    layer.weight.fill_(0.5)
    layer.bias.zero_()
# %%
batches = [torch.ones(1, 2), torch.zeros(1, 2)]
scores = []
for batch in batches:
    scores.append(layer(batch.to(device)))
# %%
rows = [score.detach().cpu().numpy().tolist() for score in scores]
rows
# %%


# %%
import numpy as np

table = np.asarray(rows).reshape(2, 2)
print(table)
""",
}
