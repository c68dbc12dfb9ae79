using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fulfillment.Engine;

namespace Fulfillment.Composition;

/// <summary>
/// Signed heads in a file, one JSON object a line, to be kept where the journal's keeper cannot change them; and what
/// they prove of a journal.
/// </summary>
public static class Anchors
{
    /// <summary>Heads that one file may have: one an hour for eleven years.</summary>
    public const int MaxHeads = 100_000;

    const int MaxLine = 4_096;

    /// <summary>
    /// The heads of a file, in its order. Throws <see cref="StoreUnavailableException"/> for a file that is none.
    /// </summary>
    public static IReadOnlyList<LedgerHead> Read(string path)
    {
        List<LedgerHead> heads = [];
        try
        {
            foreach (var line in File.ReadLines(path))
            {
                if (line.Length == 0) continue;
                if (heads.Count == MaxHeads)
                    throw new StoreUnavailableException($"{path} has more than {MaxHeads} heads: begin a new file.");
                if (line.Length > MaxLine) throw new JsonException("the line is too long");
                heads.Add(JsonSerializer.Deserialize(line, LedgerJson.Default.LedgerHead)
                    ?? throw new JsonException("the line is null"));
            }

            return heads;
        }
        catch (JsonException e)
        {
            throw new StoreUnavailableException($"{path} line {heads.Count + 1} is no signed head: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Adds a head to a file, durably. Throws <see cref="StoreUnavailableException"/>.</summary>
    public static void Append(string path, LedgerHead head)
    {
        try
        {
            using FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            file.Write(Encoding.UTF8.GetBytes(
                JsonSerializer.Serialize(head, LedgerJson.Default.LedgerHead) + "\n"));
            file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"{path} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>
    /// What is wrong with the journal up to position <paramref name="upTo"/> by what the heads say of it: rule
    /// <c>signature</c> for a head that <paramref name="key"/> (null: not looked at) did not sign, <c>cut</c> where the
    /// journal ends too early, <c>rewritten</c> where its past is another one, at the first position that may be.
    /// Reads the journal once, in pages.
    /// </summary>
    public static IReadOnlyList<Flaw> Check(
        IJournalStore store, long upTo, IReadOnlyList<LedgerHead> heads, ECDsa? key,
        CancellationToken cancel = default) => Check(new Ledger(store), upTo, heads, key, cancel);

    /// <inheritdoc cref="Check(IJournalStore, long, IReadOnlyList{LedgerHead}, ECDsa, CancellationToken)"/>
    /// <param name="ledger">Over the journal, from its beginning; has taken in what was looked at, afterwards.</param>
    /// <param name="upTo">The last position to look at.</param>
    /// <param name="heads">What is known of the journal, in any order.</param>
    /// <param name="key">Who should have signed them.</param>
    /// <param name="cancel">Gives up.</param>
    public static IReadOnlyList<Flaw> Check(
        Ledger ledger, long upTo, IReadOnlyList<LedgerHead> heads, ECDsa? key, CancellationToken cancel = default)
    {
        List<Flaw> flaws = [];
        LedgerHead? good = null;
        foreach (var head in heads.OrderBy(h => h.Size))
        {
            if (flaws.Count >= Verifier.MaxFlaws) break;
            if (key is not null && !LedgerKey.Signed(key, head))
            {
                flaws.Add(At(head.Position, "signature", $"the head of {head.Time} is not signed with this key"));
                continue;
            }

            var now = ledger.Now;
            if (head.Size > now.Size)
            {
                ledger.Advance(upTo, head.Size - now.Size, cancel);
                now = ledger.Now;
            }

            if (now.Size < head.Size)
            {
                flaws.Add(At(now.Position + 1, "cut",
                    $"the journal ends with {now.Size} events at position {now.Position}; at {head.Time} it had "
                    + $"{head.Size}, the last at position {head.Position}"));
                break;
            }

            if (Convert.ToHexStringLower(ledger.RootAt(head.Size)) == head.Root)
            {
                good = head;
                continue;
            }

            // Every later head differs too.
            flaws.Add(At((good?.Position ?? 0) + 1, "rewritten",
                $"between positions {(good?.Position ?? 0) + 1} and {head.Position} it is not what was signed at "
                + head.Time));
            break;
        }

        return flaws;
    }

    static Flaw At(long position, string rule, string what) => new(new("journal", ""), 0, position, rule, what);
}
