using System.CommandLine;
using Fulfillment.Engine;

namespace Fulfillment.Client.Commands;

/// <summary>What a command ends with.</summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Refused, or a check failed.</summary>
    public const int Refused = 1;

    /// <summary>Wrong usage.</summary>
    public const int Usage = 2;

    /// <summary>The environment does not allow it: no disk, no database, no server.</summary>
    public const int Environment = 3;
}

/// <summary>The executable: one program with subcommands; without one it serves.</summary>
public static class Root
{
    /// <summary>How long what is under way may take to end after Ctrl-C.</summary>
    static readonly TimeSpan ToEnd = TimeSpan.FromSeconds(30);

    /// <summary>Runs the command line.</summary>
    public static async Task<int> Run(string[] args)
    {
        RootCommand root = new("Orders, stock and the work of the nodes. Without a command: serve.");
        root.Subcommands.Add(ServeCommand.Create());
        root.Subcommands.Add(ImportCommand.Create());
        root.Subcommands.Add(CatalogueCommand.Create());
        root.Subcommands.Add(VerifyCommand.Create());
        root.Subcommands.Add(LedgerCommands.Anchor());
        root.Subcommands.Add(LedgerCommands.Prove());
        root.Subcommands.Add(LedgerCommands.CheckProof());
        root.Subcommands.Add(SimulateCommand.Create());
        root.Subcommands.Add(BenchCommand.Create());
        root.Subcommands.Add(StockCommand.Create());
        root.Subcommands.Add(ShowOrderCommand.Create());
        root.Subcommands.Add(ReadyCommand.Create());
        var serves = args.Length == 0 || args[0].StartsWith("--", StringComparison.Ordinal) && !IsGlobal(args[0]);
        var parsed = root.Parse(serves ? ["serve", .. args] : args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
            await Console.Error.WriteLineAsync("Run with --help to see how it is used.");
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = ToEnd,
            });
        }
        catch (StoreUnavailableException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.Environment;
        }
    }

    static bool IsGlobal(string option) => option is "--help" or "--version";
}
