using System.Diagnostics;
using System.Text.Json;
using Fulfillment.Client.Commands;

namespace Fulfillment.Tests.Client;

/// <summary>What an import ended with.</summary>
public sealed record Imported(int ExitCode, string Output, string Errors)
{
    /// <summary>The totals of <c>--json</c>.</summary>
    public JsonElement Json { get; } = Output.StartsWith('{') ? JsonDocument.Parse(Output).RootElement : default;

    /// <summary>A number of the totals, by a path such as <c>applied/orders</c>.</summary>
    public long Number(string path) => path.Split('/').Aggregate(Json, (at, name) => at.GetProperty(name)).GetInt64();

    /// <summary>Lines in quarantine by why.</summary>
    public IReadOnlyDictionary<string, long> Quarantined =>
        Json.GetProperty("quarantined").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt64());

    /// <summary>Lines that were applied.</summary>
    public long Applied => Json.GetProperty("applied").EnumerateObject().Sum(p => p.Value.GetInt64());

    /// <summary>Everything, but for what differs from run to run.</summary>
    public string Totals => string.Join(
        '\n', Json.EnumerateObject().Where(p => !OfTheRun.Contains(p.Name)).Select(p => $"{p}"));

    static readonly string[] OfTheRun = ["source", "seconds", "linesPerSecond", "peakMegabytes", "events", "repeated"];
}

/// <summary>The executable, in a process of its own.</summary>
public static class ImportProcess
{
    static readonly string Executable = typeof(Root).Assembly.Location;

    /// <summary>Starts <c>fulfillment import</c>.</summary>
    public static Process Start(params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new("dotnet", ["exec", Executable, "import", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Nothing of the machine's own configuration.
        start.Environment.Remove("FULFILLMENT_DATA");
        start.Environment.Remove("FULFILLMENT_POSTGRES");
        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end where no file may have more than so many KiB, as on a full disk.</summary>
    public static async Task<Imported> RunWithin(int kibibytes, params IEnumerable<string> arguments)
    {
        var script = $"trap '' XFSZ; ulimit -f {kibibytes * 2}; exec \"$0\" \"$@\"";
        ProcessStartInfo start = new("/bin/sh", ["-c", script, "dotnet", "exec", Executable, "import", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The runtime keeps its code in a file, larger than that, unless it is told not to.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using var process = Process.Start(start)!;
        return await End(process);
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<Imported> Run(params IEnumerable<string> arguments)
    {
        using var process = Start(arguments);
        return await End(process);
    }

    /// <summary>Waits for its end.</summary>
    public static async Task<Imported> End(Process process)
    {
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new(process.ExitCode, (await output).Trim(), (await errors).Trim());
    }
}
