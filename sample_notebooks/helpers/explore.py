# %% explore-helper tags=["setup", "hide-input"]
SLIDER = """<figure id="{key}" style="margin: 0">
<img style="max-width: 100%" alt="{alt}" src="{src}">
<figcaption hidden><label>{label} <input type="range" min="0" max="{last}" value="{start}">
</label> <output aria-live="polite">{position}</output></figcaption>
<script>{{const frames = {frames}, box = document.getElementById("{key}");
const [img, bar, input, out] = ["img", "figcaption", "input", "output"].map(
  name => box.querySelector(name));
input.oninput = () => {{[out.value, img.alt, img.src] = frames[input.value]}};
bar.hidden = false}}</script></figure>"""


def explore(frames, label, start=0):
    """Put figures, [(position, figure, alt), …], behind a slider that needs no kernel."""
    def encode(figure, kind, **options):
        figure.savefig(stream := io.BytesIO(), format=kind, pil_kwargs=options)
        return base64.b64encode(stream.getvalue()).decode()
    webp = [(f"{position}", alt, "data:image/webp;base64," + encode(figure, "webp", lossless=True))
            for position, figure, alt in frames]
    (position, alt, src), key = webp[start], "explore-" + label.lower().replace(" ", "-")
    page = SLIDER.format(key=key, alt=html.escape(alt), src=src, label=label, last=len(webp) - 1,
                         start=start, position=position, frames=json.dumps(webp))
    data = {"text/html": page, "image/png": encode(frames[start][1], "png"), "text/plain": alt}
    display(data, metadata={"image/png": {"alt": alt}}, raw=True)
    plt.close("all")
