using System.Security.Cryptography;

namespace Fulfillment.Client.Import;

/// <summary>
/// What has to be known of a history before it is replayed: how long it is, which history it is, and of which
/// customer's units of which product some are cancelled, so that only those have to be remembered.
/// </summary>
/// <param name="Lines">Lines of data that can be read.</param>
/// <param name="Identity">
/// A digest of its first 64 KiB. A file that was cut off behind them, or has grown since, is the same history: what was
/// received on stock for the one is not received again for the other.
/// </param>
/// <param name="Cancelled">The units that are cancelled somewhere; see <see cref="OpenUnits.KeyOf"/>.</param>
sealed record Survey(long Lines, string Identity, IReadOnlySet<long> Cancelled)
{
    const int IdentityBytes = 64 << 10;

    /// <summary>
    /// Reads the history once. Throws what is wrong with its beginning; what follows is found by the replay.
    /// </summary>
    public static Survey Of(HistorySource source, CancellationToken cancel)
    {
        var identity = Identify(source);
        using var text = source.Open();
        HashSet<long> cancelled = [];
        long lines = 0;
        try
        {
            foreach (var line in HistoryReader.Read(source, text))
            {
                if ((++lines & 0xfff) == 0) cancel.ThrowIfCancellationRequested();
                if (line is { Misfit: null, Kind: InvoiceKind.Cancellation }) cancelled.Add(OpenUnits.KeyOf(line));
            }
        }
        catch (ImportException e) when (e.LinesBefore > 0)
        {
            // The lines before it are replayed first.
        }

        return new(lines, identity, cancelled);
    }

    static string Identify(HistorySource source)
    {
        using var text = source.Open();
        var first = new byte[IdentityBytes];
        var length = 0;
        try
        {
            while (length < first.Length && text.Read(first.AsSpan(length)) is > 0 and var read) length += read;
        }
        catch (InvalidDataException)
        {
            // Shorter than that.
        }

        return Convert.ToHexStringLower(SHA256.HashData(first.AsSpan(0, length)))[..12];
    }
}
