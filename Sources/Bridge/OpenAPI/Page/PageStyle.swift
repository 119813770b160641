/// How the page looks.
enum PageStyle {
  static let text = """

    :root { color-scheme: light dark; --back: #fff; --raised: #f5f6f8; --text: #1c2025;
      --soft: #5b6470; --line: #d9dde3; --accent: #1a5fd0; --get: #1c7a3e; --post: #1a5fd0;
      --put: #8a5a00; --patch: #8a5a00; --delete: #b3261e; --mark: #fff3bf; --edge: #767f8b; }
    @media (prefers-color-scheme: dark) { :root:not([data-theme=light]) { --back: #14171b;
      --raised: #1d2228; --text: #e6e9ed; --soft: #9aa4b0; --line: #323942; --accent: #7fb0ff;
      --get: #6fd394; --post: #7fb0ff; --put: #e8b860; --patch: #e8b860; --delete: #ff8a80;
      --mark: #4a4014; --edge: #727d8a; } }
    :root[data-theme=dark] { --back: #14171b; --raised: #1d2228; --text: #e6e9ed; --soft: #9aa4b0;
      --line: #323942; --accent: #7fb0ff; --get: #6fd394; --post: #7fb0ff; --put: #e8b860;
      --patch: #e8b860; --delete: #ff8a80; --mark: #4a4014; --edge: #727d8a;
      color-scheme: dark; }
    :root[data-theme=light] { color-scheme: light; }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--back); color: var(--text);
      font: 16px/1.5 system-ui, sans-serif; }
    a { color: var(--accent); }
    code, pre, kbd, textarea, .path, td.name { font-family: ui-monospace, monospace; }
    code, pre, textarea { font-size: .875em; }
    .skip { position: absolute; left: -100em; }
    .skip:focus { left: 1em; top: 1em; background: var(--back); padding: .5em; z-index: 2; }
    header { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .5rem 1rem;
      align-items: center; padding: .5rem 1rem; background: var(--raised);
      border-bottom: 1px solid var(--line); }
    header h1 { font-size: 1.1rem; margin: 0; }
    header .token { margin-left: auto; color: var(--soft); font-size: .875rem; }
    header .token input { width: 18rem; max-width: 60vw; }
    .files { font-size: .875rem; }
    .columns { display: grid; grid-template-columns: minmax(16rem, 22rem) 1fr; }
    aside { position: sticky; top: 3.4rem; height: calc(100vh - 3.4rem); overflow: auto;
      padding: 1rem; border-right: 1px solid var(--line); }
    main { padding: 1rem 2rem 6rem; max-width: 60rem; min-width: 0; outline: none; }
    @media (max-width: 50rem) { .columns { display: block; } main { padding: 1rem; }
      aside { position: static; height: auto; max-height: 40vh; border-right: 0;
        border-bottom: 1px solid var(--line); } }
    input, textarea, select, button { font: inherit; color: inherit; background: var(--back);
      border: 1px solid var(--edge); border-radius: .35rem; padding: .3rem .5rem; }
    input[type=search] { width: 100%; }
    textarea { width: 100%; min-height: 10rem; resize: vertical; tab-size: 2; }
    button { cursor: pointer; background: var(--raised); }
    button.main { background: var(--accent); border-color: var(--accent); color: var(--back);
      font-weight: 600; }
    button:disabled { opacity: .5; cursor: default; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
    #list h2 { font-size: .8rem; letter-spacing: .03em; color: var(--soft); margin: 1rem 0 .25rem; }
    #list a { display: flex; gap: .5rem; padding: .2rem .4rem; border-radius: .35rem;
      text-decoration: none; color: inherit; font-size: .9rem; }
    #list a:hover { background: var(--raised); }
    #list a[aria-current] { background: var(--raised); font-weight: 600; }
    .verb { flex: none; width: 4em; font: 600 .75rem/1.9 ui-monospace, monospace;
      text-transform: uppercase; }
    .get { color: var(--get); } .post { color: var(--post); } .put { color: var(--put); }
    .patch { color: var(--patch); } .delete { color: var(--delete); }
    .old { text-decoration: line-through; }
    .keys { color: var(--soft); font-size: .8rem; margin-top: 2rem; }
    kbd { border: 1px solid var(--line); border-radius: .25rem; padding: 0 .3em; }
    main h2 { margin: .5rem 0; line-height: 1.25; overflow-wrap: anywhere; }
    main h3 { margin: 2rem 0 .5rem; font-size: 1.05rem; }
    .place { display: flex; gap: .5rem; padding: .5rem .75rem; background: var(--raised);
      border: 1px solid var(--line); border-radius: .35rem; overflow-x: auto; }
    .place .verb { width: auto; }
    .soft { color: var(--soft); font-size: .9rem; }
    .warn { background: var(--mark); padding: .4rem .75rem; border-radius: .35rem; }
    pre { background: var(--raised); border: 1px solid var(--line); border-radius: .35rem;
      padding: .75rem; overflow: auto; max-height: 32rem; margin: .5rem 0; }
    table { border-collapse: collapse; width: 100%; font-size: .9rem; }
    td, th { text-align: left; vertical-align: top; padding: .35rem .5rem;
      border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
    td.name { white-space: nowrap; }
    td p { margin: 0; }
    details { margin: .25rem 0; }
    details details { margin-left: 1rem; }
    summary { cursor: pointer; }
    .fields { list-style: none; margin: 0; padding-left: 1rem; border-left: 1px solid var(--line); }
    .fields li { padding: .2rem 0; }
    .need { color: var(--delete); }
    .form { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .4rem .75rem;
      align-items: center; margin: .5rem 0; }
    .form label { font-family: ui-monospace, monospace; font-size: .875rem; }
    .row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .5rem 0; }
    .status.ok { color: var(--get); } .status.bad { color: var(--delete); }

    """
}
