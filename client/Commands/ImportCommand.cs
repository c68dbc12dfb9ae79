using System.CommandLine;
using System.IO.Compression;
using Fulfillment.Client.Api;
using Fulfillment.Client.Import;

namespace Fulfillment.Client.Commands;

/// <summary><c>import</c>: replays an order history, of a file or made up.</summary>
static class ImportCommand
{
    const long MaxLines = 1_000_000_000;

    const string Rules =
        """
        Every invoice becomes an order, left allocated and not shipped: the history does not say when goods left.
        An invoice that begins with C cancels units of the customer's earlier orders of the product: of the newest one
        with enough units left, or else of several, the newest first. A negative quantity without price and customer
        corrects the stock. Stock is received in lots as the history needs it. What does not fit is kept in quarantine,
        with the reason. Stop it at any time; the same command goes on from there, and applies nothing twice.
        """;

    public static Command Create()
    {
        Command command = new("import", "Replays an order history: of a file, or made up (--generate 100000).");
        command.Subcommands.Add(OnlineRetail());
        ImportOptions options = new(command);
        Option<long> generate = new("--generate")
        {
            Description = "Makes up a history of so many lines, and imports it.",
        };
        Option<int> seed = new("--seed") { Description = "Which history to make up.", DefaultValueFactory = _ => 1 };
        Option<string?> write = new("--write")
        {
            Description = "Writes the made-up history to this file (.csv.gz) instead.",
        };
        command.Options.Add(generate);
        command.Options.Add(seed);
        command.Options.Add(write);
        command.SetAction(async (result, cancel) =>
        {
            if (result.GetResult(generate) is null)
                return await Usage("Say what to import: online-retail FILE, or --generate LINES.");
            var lines = result.GetValue(generate);
            if (lines is < 1 or > MaxLines) return await Usage($"--generate takes 1 to {MaxLines} lines.");
            GeneratedHistory history = new(lines, result.GetValue(seed));
            if (result.GetValue(write) is { } path) return await WriteTo(path, history, cancel);
            return await Import(options.Read(result, history), cancel);
        });
        return command;
    }

    static Command OnlineRetail()
    {
        Command command = new(
            "online-retail", "Replays the history of an online retailer: UCI Online Retail, as CSV in gzip.\n" + Rules);
        Argument<string> file = new("FILE") { Description = "The file (.csv.gz)." };
        command.Arguments.Add(file);
        ImportOptions options = new(command);
        command.SetAction((result, cancel) =>
            Import(options.Read(result, new HistoryFile(result.GetValue(file)!)), cancel));
        return command;
    }

    static Task<int> Import(ImportOrder? order, CancellationToken cancel) =>
        order is null ? Usage(ImportOptions.BadId) : ImportRun.Run(order, cancel);

    static async Task<int> WriteTo(string path, GeneratedHistory history, CancellationToken cancel)
    {
        // Under another name until it is whole.
        var part = path + ".part";
        try
        {
            await using (FileStream file = new(part, FileMode.Create, FileAccess.Write))
            await using (GZipStream gzip = new(file, CompressionLevel.Optimal))
            await using (var text = history.Open()) await text.CopyToAsync(gzip, cancel);
            File.Move(part, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{path} cannot be written: {e.Message}");
            return ExitCode.Environment;
        }
        catch (OperationCanceledException)
        {
            File.Delete(part);
            return ExitCode.Refused;
        }

        return ExitCode.Done;
    }

    static async Task<int> Usage(string what)
    {
        await Console.Error.WriteLineAsync(what);
        return ExitCode.Usage;
    }

    /// <summary>What both ways share: where to, and how to tell.</summary>
    sealed class ImportOptions
    {
        public const string BadId = "--seller and --node take 1 to 128 characters of A-Z a-z 0-9 . _ - :";

        readonly DataOptions _data = new();
        readonly Option<string> _seller = new("--seller")
        {
            Description = "Whose history it is.",
            DefaultValueFactory = _ => "default",
        };

        readonly Option<string> _node = new("--node")
        {
            Description = "The node that the stock is received at; made unless it exists.",
            DefaultValueFactory = _ => "ONLINE-RETAIL",
        };

        readonly Option<int> _memory = new("--memory")
        {
            Description = "Megabytes that entities may keep in memory, by estimate.",
            DefaultValueFactory = _ => 256,
        };

        readonly Option<bool> _json = new("--json")
        {
            Description = "Prints the totals as one JSON object, and no progress.",
        };

        public ImportOptions(Command command)
        {
            _data.AddTo(command);
            command.Options.Add(_seller);
            command.Options.Add(_node);
            command.Options.Add(_memory);
            command.Options.Add(_json);
        }

        /// <summary>What the command line asks for; null when an id is none.</summary>
        public ImportOrder? Read(ParseResult result, HistorySource source)
        {
            var (seller, node) = (result.GetValue(_seller)!, result.GetValue(_node)!);
            if (!Fields.IsId(seller) || !Fields.IsId(node)) return null;
            return new(source, _data.Read(result), seller, node, result.GetValue(_memory), result.GetValue(_json));
        }
    }
}
