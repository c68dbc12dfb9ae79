using System.Diagnostics;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Client;

/// <summary>An import whose process is killed, again and again, ends as one that was left in peace.</summary>
public sealed class ImportKillTests
{
    const int Lines = 10_000, Kills = 6, Killed = 128 + 9;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Killed_at_random_points_and_run_again_it_leaves_the_same_orders_and_the_same_stock(int seed)
    {
        using TempFolder folder = new();
        var (peace, war) = (Path.Combine(folder.Path, "peace"), Path.Combine(folder.Path, "war"));
        string[] command = ["--generate", $"{Lines}", "--seed", $"{seed}", "--json", "--data"];
        var undisturbed = await ImportProcess.Run([.. command, peace]);
        Assert.True(undisturbed.ExitCode == 0, undisturbed.Errors);

        var whole = JournalOf(peace);
        Random random = new(seed);
        var inTheMiddle = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            // After some more of the work, and every other time soon after the start, when it reads what it had done.
            var target = kill % 2 == 0 ? (long)(whole * (kill + random.NextDouble()) / Kills) : 0;
            var killed = await Kill([.. command, war], war, target, random.Next(100, 1_000));
            if (killed && JournalOf(war) is > 0 and var written && written < whole) inTheMiddle++;
        }

        var resumed = await ImportProcess.Run([.. command, war]);
        Assert.True(resumed.ExitCode == 0, resumed.Errors);
        Assert.True(inTheMiddle > 1, $"{inTheMiddle} processes were killed in their work.");
        Assert.Equal(undisturbed.Totals, resumed.Totals);
        Assert.Equal(await ImportedState.Of(peace), await ImportedState.Of(war));
    }

    /// <summary>
    /// Kills it once its journal has so many bytes, or for none, after a while; false when it had ended before.
    /// </summary>
    static async Task<bool> Kill(string[] command, string data, long bytes, int milliseconds)
    {
        using var process = ImportProcess.Start(command);
        var watch = Stopwatch.StartNew();
        while (!process.WaitForExit(5))
        {
            if (JournalOf(data) < bytes || (bytes == 0 && watch.ElapsedMilliseconds < milliseconds)) continue;
            process.Kill();
            await process.WaitForExitAsync();
            Assert.Equal(Killed, process.ExitCode);
            return true;
        }

        Assert.Equal(0, process.ExitCode);
        return false;
    }

    static long JournalOf(string data) =>
        Directory.Exists(data) ? new DirectoryInfo(data).EnumerateFiles("journal.db*").Sum(f => f.Length) : 0;
}
