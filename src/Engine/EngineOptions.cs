namespace Fulfillment.Engine;

/// <summary>The engine's limits. Every queue and batch has one.</summary>
public sealed record EngineOptions
{
    /// <summary>Other processes write the same journal; see <see cref="Activation.ToFollow"/>.</summary>
    public bool SharedJournal { get; init; }

    /// <summary>
    /// Bytes that idle activations may keep, by estimate. Beyond it the longest unused ones are dropped.
    /// </summary>
    public long ActivationBytes { get; init; } = 256L << 20;

    /// <summary>Commands from outside that are under way; more are refused as overloaded.</summary>
    public int MaxAsks { get; init; } = 16_384;

    /// <summary>Messages waiting at one entity; more from outside are refused as overloaded.</summary>
    public int MaxMailbox { get; init; } = 20_000;

    /// <summary>
    /// Sends under way or waiting in memory; beyond it commands from outside are refused as overloaded.
    /// </summary>
    public int MaxOutbox { get; init; } = 200_000;

    /// <summary>Batches in one commit.</summary>
    public int MaxGroup { get; init; } = 4_096;

    /// <summary>Bytes of snapshots in one commit; larger ones take several.</summary>
    public int SnapshotBytes { get; init; } = 256 << 10;

    /// <summary>Turns of one entity before others get the thread.</summary>
    public int MaxTurns { get; init; } = 256;

    /// <summary>
    /// A busy journal starts a commit at most this often, so that each is worth its flush to the disk.
    /// </summary>
    public TimeSpan CommitEvery { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Calls that one connector has under way at a time.</summary>
    public int MaxConnectorCalls { get; init; } = 64;

    /// <summary>
    /// So many commands from outside under way are a rush, if <see cref="RushPace"/> a second come in.
    /// </summary>
    public int RushAt { get; init; } = 32;

    /// <summary>Commands from outside a second that are a rush, if <see cref="RushAt"/> are under way.</summary>
    public int RushPace { get; init; } = 2_000;

    /// <summary>
    /// How long sends to patient connectors may be left in the journal during a rush; zero: not at all.
    /// </summary>
    public TimeSpan HoldFor { get; init; } = TimeSpan.Zero;

    /// <summary>Keys of data subjects that are logged and kept in memory before they are filed.</summary>
    public int KeysToFile { get; init; } = 65_536;

    /// <summary>How many events a reader of the feed may be behind before it must read the journal.</summary>
    public int FeedBehind { get; init; } = 100_000;
}
