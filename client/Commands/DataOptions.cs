using System.CommandLine;
using Fulfillment.Composition;

namespace Fulfillment.Client.Commands;

/// <summary>Where the data is: options that several commands share, with environment variables behind them.</summary>
public sealed class DataOptions
{
    readonly Option<string> _data = new("--data")
    {
        Description = "The data folder (or FULFILLMENT_DATA).",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("FULFILLMENT_DATA") ?? "./data",
    };

    readonly Option<string?> _postgres = new("--postgres")
    {
        Description = "A PostgreSQL connection string, to keep the data there (or FULFILLMENT_POSTGRES).",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("FULFILLMENT_POSTGRES"),
    };

    readonly Option<string?> _ledgerKey = new("--ledger-key")
    {
        Description = "A P-256 key in PEM that signs heads of the journal (or FULFILLMENT_LEDGER_KEY); else "
            + $"{LedgerKey.FileName} in the data folder, made at the first use.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("FULFILLMENT_LEDGER_KEY"),
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_data);
        command.Options.Add(_postgres);
        command.Options.Add(_ledgerKey);
    }

    /// <summary>The place that the command line names.</summary>
    public DataPlace Read(ParseResult result) => new(
        Path.GetFullPath(result.GetValue(_data)!), result.GetValue(_postgres) is { Length: > 0 } text ? text : null,
        result.GetValue(_ledgerKey) is { Length: > 0 } key ? key : null);
}
