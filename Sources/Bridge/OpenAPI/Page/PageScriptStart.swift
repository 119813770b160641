extension PageScript {
  /// What begins it all.
  static let start = #"""
    const show = () => {
      running?.abort();
      const operation = operations.find((one) => one.operationId === current());
      if (operation) showOperation(operation); else showStart();
      document.title = (operation ? operation.operationId + " – " : "") + api.info.title;
      showList();
      byId("list").querySelector("[aria-current]")?.scrollIntoView({block: "nearest"});
      scrollTo(0, 0);
    };

    const turnTheme = () => {
      const root = document.documentElement;
      const dark = root.dataset.theme ? root.dataset.theme === "dark"
        : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
    };

    document.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        return byId("send")?.click();
      }
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (event.key === "Escape" && typing) return event.target.blur();
      if (event.target.id === "search" && event.key === "Enter") {
        const first = listed()[0];
        if (first) location.hash = first.operationId;
        return byId("content").focus();
      }
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
      const keys = {
        "/": () => byId("search").focus(), j: () => move(1), k: () => move(-1), t: turnTheme};
      if (keys[event.key]) {
        event.preventDefault();
        keys[event.key]();
      }
    });
    byId("search").addEventListener("input", showList);
    byId("theme").addEventListener("click", turnTheme);
    addEventListener("hashchange", show);
    byId("title").textContent = api.info.title;
    show();

    """#
}
