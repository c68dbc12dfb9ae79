namespace Fulfillment.Client.Pages;

/// <summary>How the pages of the station look: the picker's and the packer's.</summary>
static class StationStyle
{
    /// <summary>What both of them share; each adds its own.</summary>
    public const string Text =
        """
        :root {
          color-scheme: light dark;
          --ink: #16202b; --soft: #5c6b7a; --line: #dfe5ea; --paper: #f6f8f9; --card: #fff; --accent: #1f5fbf;
          --go: #0b7a53; --stop: #b3261e;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ink: #e6ebf0; --soft: #9aa8b5; --line: #2a343d; --paper: #11171c; --card: #182028; --accent: #7fb0ff;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; font: 18px/1.4 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
        header { display: flex; gap: .25rem 1rem; align-items: baseline; flex-wrap: wrap; padding: .7rem 1rem;
          background: var(--card); border-bottom: 1px solid var(--line); }
        h1 { font-size: 1rem; margin: 0; }
        a { color: var(--accent); }
        #state { margin-left: auto; color: var(--soft); font-size: .9rem; }
        #state.lost { color: var(--stop); font-weight: 700; }
        main { max-width: 720px; margin: auto; padding: 1rem; display: grid; gap: .8rem; }
        form, .card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem; }
        form, #pick, #pack { display: grid; gap: .6rem; }
        label { display: grid; gap: .2rem; color: var(--soft); font-size: .85rem; }
        input { font: inherit; padding: .6rem .7rem; border: 2px solid var(--line); border-radius: 8px; min-width: 0;
          background: var(--paper); color: var(--ink); width: 100%; }
        input:focus { outline: none; border-color: var(--accent); }
        button { font: inherit; padding: .8rem 1rem; border-radius: 8px; border: 1px solid var(--line);
          background: var(--card); color: var(--ink); cursor: pointer; min-height: 3.2rem; }
        button:focus-visible, a:focus-visible { outline: 3px solid var(--accent); }
        button:disabled { opacity: .45; cursor: default; }
        button.main { background: var(--accent); border-color: var(--accent); color: var(--card); font-weight: 600; }
        button.small { min-height: 0; padding: .35rem .7rem; font-size: .85rem; }
        .two { display: grid; grid-template-columns: 1fr 1fr; gap: .6rem; }
        .big { display: grid; grid-template-columns: repeat(2, 1fr); gap: .8rem 1rem; }
        .big div { min-width: 0; }
        .big span { display: block; color: var(--soft); font-size: .85rem; }
        .big b { display: block; font-size: 2rem; line-height: 1.15; overflow-wrap: anywhere; }
        .big .want b { color: var(--accent); }
        #signal { padding: 1rem; border-radius: 10px; font-weight: 600; min-height: 4rem; border: 1px solid var(--line);
          background: var(--card); }
        #signal.good { background: var(--go); color: #fff; }
        #signal.bad { color: #fff; background: var(--stop); }
        #refused { margin: 0; padding-left: 1.2rem; color: var(--stop); font-size: .85rem; }
        #refused:empty { display: none; }
        [hidden] { display: none !important; }
        """;
}
