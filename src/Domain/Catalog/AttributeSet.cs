using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;

namespace Fulfillment.Catalog;

/// <summary>
/// What cards of a sort of goods say, in versions that never change: a card names the version that it met when it was
/// set, and stays as it is when the set changes.
/// </summary>
/// <param name="Versions">All of them, the first first.</param>
public sealed record AttributeSet(ImmutableArray<AttributeSetTerms> Versions)
    : IEntity<AttributeSet, AttributeSetCommand, AttributeSetEvent>
{
    /// <summary>The most versions of a set.</summary>
    public const int MaxVersions = 500;

    /// <summary>The most attributes of a set.</summary>
    public const int MaxAttributes = 100;

    /// <summary>The most values of an enum, and units of a measure.</summary>
    public const int MaxChoices = 500;

    /// <inheritdoc/>
    public static AttributeSet Initial { get; } = new([]);

    /// <inheritdoc/>
    public static Decision<AttributeSetEvent> Decide(AttributeSet set, AttributeSetCommand command, Turn turn) =>
        command switch
        {
            AttributeSetCommand.Write c => Write(set, c),
            AttributeSetCommand.Get c => new(set.Reply(c.Version ?? set.Versions.Length)),
            _ => throw new UnreachableException(),
        };

    static Decision<AttributeSetEvent> Write(AttributeSet set, AttributeSetCommand.Write c)
    {
        var latest = set.Versions.Length;
        if (c.IfVersion is { } wanted && wanted != latest) return new(set.Reply(latest, AttributeSetStatus.Stale));
        if (c.Terms.Attributes.Length > MaxAttributes || AttributeCheck.FaultOf(c.Terms) is not null)
            return new(set.Reply(latest, AttributeSetStatus.NotValid));
        if (latest > 0 && ContentOf(set.Versions[^1]) == ContentOf(c.Terms))
            return new(set.Reply(latest, AttributeSetStatus.AlreadyDone));
        if (latest >= MaxVersions) return new(set.Reply(latest, AttributeSetStatus.TooManyVersions));

        return new(
            new AttributeSetReply(AttributeSetStatus.Done, latest + 1, c.Terms, latest + 1),
            new AttributeSetEvent.AttributeSetWritten(latest + 1, c.Terms));
    }

    AttributeSetReply Reply(int version, AttributeSetStatus status = AttributeSetStatus.Done)
    {
        var terms = version >= 1 && version <= Versions.Length ? Versions[version - 1] : null;
        return new(
            terms is null && status == AttributeSetStatus.Done ? AttributeSetStatus.UnknownSet : status, version, terms,
            Versions.Length);
    }

    /// <inheritdoc/>
    public static AttributeSet Evolve(AttributeSet set, AttributeSetEvent happened) => happened switch
    {
        AttributeSetEvent.AttributeSetWritten e => new(set.Versions.Add(e.Terms)),
        _ => throw new UnreachableException(),
    };

    static string ContentOf(AttributeSetTerms terms) =>
        JsonSerializer.Serialize(terms, AttributeSetJson.Default.AttributeSetTerms);
}
