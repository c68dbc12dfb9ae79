using Spectre.Console;

namespace Fulfillment.Client.Commands;

/// <summary>
/// Where tables go: as wide as the terminal, and wide enough for one line per row where there is none.
/// </summary>
static class Screen
{
    const int WidthOfAFile = 200;

    /// <summary>Writes a table.</summary>
    public static void Write(Table table)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected) console.Profile.Width = WidthOfAFile;
        console.Write(table.Border(TableBorder.Simple));
    }

    /// <summary>Adds columns of numbers.</summary>
    public static Table AddNumbers(this Table table, params IEnumerable<string> names)
    {
        foreach (var name in names) table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        return table;
    }
}
