namespace Fulfillment.Engine;

/// <summary>
/// Where the journal is not what it must be. <c>Rule</c>: <c>position</c>, <c>version</c>, <c>hash</c>, <c>time</c>,
/// <c>readable</c>, <c>replay</c>, <c>invariant</c>, <c>snapshot</c> or <c>agreement</c>. Version and position are 0
/// where the flaw is not at one event.
/// </summary>
public sealed record Flaw(EntityId Entity, long Version, long Position, string Rule, string What)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Entity} version {Version} (position {Position}): {Rule}: {What}";
}

/// <summary>What a verification saw, up to position <c>Position</c>.</summary>
/// <param name="Position">Last position looked at.</param>
/// <param name="Events">Events replayed.</param>
/// <param name="Entities">Entities replayed.</param>
/// <param name="Snapshots">Snapshots compared with the replay.</param>
/// <param name="StateHash">
/// Lower-case hex of a hash of all states, the same on every machine and engine: SHA-256 over key, chain head and state
/// of each entity, added up lane by lane (four 64-bit lanes), so that the order of the entities does not matter.
/// </param>
/// <param name="Flaws">In the order found, at most <see cref="Verifier.MaxFlaws"/>.</param>
public sealed record Verified(
    long Position, long Events, long Entities, long Snapshots, string StateHash, IReadOnlyList<Flaw> Flaws);
