"""Whether everybody can read the page at /docs."""

from __future__ import annotations

from reading import Reading

# Every text and field whose colour is too near to that behind it.
_CONTRAST = """(() => {
  const parts = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = (color) => parts(color).slice(0, 3).map((one) => one / 255).map((one) =>
    one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
    .reduce((sum, one, index) => sum + one * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (one) => {
    for (; one; one = one.parentElement) {
      const color = getComputedStyle(one).backgroundColor;
      if ((parts(color)[3] ?? 1) > 0) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  const ratio = (one, other) => {
    const [most, least] = [light(one), light(other)].sort((a, b) => b - a);
    return (most + 0.05) / (least + 0.05);
  };
  const faint = [];
  for (const one of document.querySelectorAll('body *')) {
    const style = getComputedStyle(one);
    if (!one.checkVisibility() || one.disabled) continue;
    const has = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (has && ratio(style.color, behind(one)) < 4.5) faint.push(one.outerHTML.slice(0, 200));
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(one.tagName)
        && ratio(style.borderTopColor, behind(one.parentElement)) < 3) {
      faint.push('border: ' + one.outerHTML.slice(0, 200));
    }
  }
  return faint;
})()"""


class Access(Reading):
    """Names for those who hear it, and contrast for those who see it."""

    def test_accessible(self) -> None:
        """Whoever cannot see the page hears what each control is; none shares its name."""
        for name in self.page.run("operations.map((one) => one.operationId)"):
            self.open(name)
            self.assertEqual(self.page.run(
                "[...document.querySelectorAll('input, select, textarea, button')].filter((one) =>"
                " !one.labels?.length && !one.getAttribute('aria-label')"
                " && !(one.tagName === 'BUTTON' && one.textContent)).map((one) => one.outerHTML)"),
                [], name)
            self.assertEqual(self.page.run(
                "[...document.querySelectorAll('[id]')].map((one) => one.id)"
                ".filter((id, index, all) => all.indexOf(id) !== index)"), [], name)

    def test_contrast(self) -> None:
        """Texts have 4.5 to 1 before what is behind them, and fields 3 to 1 (WCAG 2.2)."""
        self.open("Atelier_CreateThing")
        for theme in ("light", "dark"):
            self.page.run(f"document.documentElement.dataset.theme = '{theme}'")
            faint = self.page.run(_CONTRAST)
            self.assertEqual(faint, [], theme)
        self.page.run("delete document.documentElement.dataset.theme")
