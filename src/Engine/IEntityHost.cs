namespace Fulfillment.Engine;

/// <summary>What hosts entities: it gives them turns, a journal and each other. One per process.</summary>
public interface IEntityHost
{
    /// <summary>The limits.</summary>
    EngineOptions Options { get; }

    /// <summary>The journal.</summary>
    GroupCommit Journal { get; }

    /// <summary>The clock, in whole milliseconds.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Why no event may be written now; null while they may. What needs none goes on.</summary>
    string? ReadOnly => null;

    /// <summary>Callers come in a rush: what can wait had better.</summary>
    bool IsRushed => false;

    /// <summary>The entity as the journal has it.</summary>
    ValueTask<Activation> Load(EntityId id);

    /// <summary>Brings a message to an entity, wherever it lives; false when too many wait there.</summary>
    bool Post(EntityId to, Message message);

    /// <summary>A rule, a load or a delivery failed: to be logged.</summary>
    void Report(EntityId id, object command, Exception e);
}
