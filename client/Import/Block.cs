using System.Security.Cryptography;

namespace Fulfillment.Client.Import;

/// <summary>
/// Steps that are marked together as done, in the journal itself, so that a run that goes on need not ask for each of
/// them. Only speed depends on it: a step that is done again changes nothing.
/// </summary>
/// <param name="number">Its place in the history, from 1.</param>
/// <param name="steps">The steps.</param>
sealed class Block(int number, IReadOnlyList<Step> steps)
{
    /// <summary>Its place in the history, from 1.</summary>
    public int Number => number;

    /// <summary>The steps.</summary>
    public IReadOnlyList<Step> Steps => steps;

    /// <summary>A digest of its lines: the same place with other lines is another block.</summary>
    public string Content { get; } = Digest(steps);

    static string Digest(IReadOnlyList<Step> steps)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in steps.SelectMany(s => s.Lines))
        {
            hash.AppendData(line.Raw);
            hash.AppendData("\n"u8);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
