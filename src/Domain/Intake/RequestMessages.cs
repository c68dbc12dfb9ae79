using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Intake;

/// <summary>Outcome of <see cref="RequestCommand.Claim"/>.</summary>
public enum ClaimKeyStatus
{
    /// <summary>The key was free and belongs to this request now.</summary>
    First,

    /// <summary>The same request used the key before: it is repeated.</summary>
    Repeated,

    /// <summary>Another request used the key before.</summary>
    OtherContent,
}

/// <summary>What became of a key.</summary>
public sealed record ClaimKeyReply(ClaimKeyStatus Status);

/// <summary>What an idempotency key can be asked.</summary>
[JsonDerivedType(typeof(Claim), "claim")]
public abstract record RequestCommand
{
    /// <summary>Binds the key to a request. <c>Content</c>: a keyed hash of the request; it names nobody.</summary>
    public sealed record Claim(string Content) : RequestCommand, ICommand<ClaimKeyReply>;
}

/// <summary>What happened to an idempotency key.</summary>
[JsonDerivedType(typeof(KeyClaimed), "key-claimed")]
public abstract record RequestEvent
{
    /// <summary>The key belongs to a request.</summary>
    public sealed record KeyClaimed(string Content) : RequestEvent;
}

/// <summary>A change that was made, by the caller's id, with a hash of what it said: to know its repeat.</summary>
public readonly record struct Operation(string Id, long Content);

/// <summary>Changes that an entity remembers.</summary>
public static class Remembrance
{
    /// <summary>Whether a change was made before: the same, or another under its id; null for a new one.</summary>
    public static bool? Repeats(this ImmutableArray<Operation> made, Operation by)
    {
        foreach (var known in made)
            if (known.Id == by.Id) return known.Content == by.Content;
        return null;
    }
}
