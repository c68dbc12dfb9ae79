namespace Fulfillment.Bench.Http;

/// <summary>What came of one run. Milliseconds are those of the answers that were heard.</summary>
/// <param name="Created">Answers with status 201.</param>
/// <param name="Unheard">How many more may have been created: requests under way when the run ended.</param>
/// <param name="Trouble">Any other answers or failures, in words; null for none.</param>
public sealed record LoadResult(
    long Created, long Unheard, double Seconds, double P50, double P99, double Longest, string? Trouble)
{
    /// <summary>Answers with status 201 per second.</summary>
    public double PerSecond => Created / Seconds;
}

/// <summary>Sends orders as fast as they are answered, each with an id of its own.</summary>
public interface ILoad
{
    /// <summary>How it is called.</summary>
    string Name { get; }

    /// <summary>One run; <paramref name="run"/> keeps its ids apart from those of others.</summary>
    Task<LoadResult> Run(Uri server, int articles, char run, int seconds, CancellationToken cancel);
}

/// <summary>Which load generator there is.</summary>
public static class Load
{
    /// <summary>wrk where it is installed, else the bundled one.</summary>
    public static ILoad Choose(Settings settings) => !settings.Sockets && WrkLoad.Find() is { } wrk
        ? new WrkLoad(wrk, settings.Connections) : new SocketLoad(settings.Connections);
}
