/// How the page looks: one column that fits a phone, large enough for thumbs. Nothing that a phone of
/// some years ago would not know: `light-dark()` leaves it without a button.
enum SignInStyle {
  static let text = """

    :root { color-scheme: light dark; --accent: #0b57d0; --on-accent: #fff; --edge: #767676;
      --alarm: #fceeee; --alarm-text: #8c1d18; --key: #f1f3f4; }
    @media (prefers-color-scheme: dark) {
      :root { --accent: #a8c7fa; --on-accent: #062e6f; --edge: #8f8f8f;
        --alarm: #601410; --alarm-text: #f9dedc; --key: #2b2c2f; }
    }
    * { box-sizing: border-box; }
    body { margin: 0; min-height: 100vh; min-height: 100dvh; display: grid; grid-template-rows: 1fr auto;
      justify-items: center; align-items: center; font: 1.0625rem/1.5 system-ui, sans-serif; }
    main { width: min(26rem, 100%); padding: 1.5rem 1.25rem; }
    h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; outline: none; }
    #tenant { margin: 0 0 1.25rem; opacity: .75; }
    #error { margin: 0 0 1rem; padding: .75rem; border-radius: .5rem; font-weight: 600;
      color: var(--alarm-text); background: var(--alarm); }
    #error:empty, #tenant:empty { display: none; }
    label { display: block; margin: 0 0 .25rem; font-weight: 600; }
    input { width: 100%; min-height: 3rem; padding: .5rem .75rem; font: inherit; margin: 0 0 1rem;
      border: 1px solid var(--edge); border-radius: .5rem; background: Field;
      color: FieldText; }
    input[readonly] { border-color: transparent; background: var(--key); color: inherit; }
    input.code { letter-spacing: .3em; font-variant-numeric: tabular-nums; }
    button { min-height: 3rem; padding: .5rem 1rem; font: inherit; border-radius: .5rem;
      border: 1px solid transparent; cursor: pointer; }
    button.primary { width: 100%; font-weight: 600; color: var(--on-accent);
      background: var(--accent); }
    button.primary[disabled] { opacity: .5; cursor: default; }
    button.plain, #language { background: none; color: var(--accent); text-decoration: underline; }
    button.plain { width: 100%; margin-top: .5rem; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
    p.hint { margin: 0 0 1rem; }
    code { display: block; padding: .75rem; margin: 0 0 1rem; border-radius: .5rem; font-size: 1rem;
      overflow-wrap: anywhere; background: var(--key); user-select: all; }
    ol { margin: 0 0 1rem; padding-left: 2rem; font-family: ui-monospace, monospace; }
    a { color: var(--accent); display: inline-block; padding: .5rem 0; margin: 0 0 .5rem; }

    """
}
