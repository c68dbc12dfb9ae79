namespace Fulfillment;

/// <summary>Why a command got no reply.</summary>
public enum Fault
{
    /// <summary>A queue is full. Nothing was done; try again after a while.</summary>
    Overloaded,
    /// <summary>The write was refused or could not be made. Nothing was done.</summary>
    NotWritten,
    /// <summary>The write may or may not have been made. Repeat with the same id to learn which.</summary>
    OutcomeUnknown,
    /// <summary>The server is shutting down. Nothing was done.</summary>
    Stopping,
    /// <summary>Nothing may be written until the operator allows it again. Nothing was done; reads go on.</summary>
    ReadOnly,
}

/// <summary>A command that got no reply, and what that means for its effect.</summary>
public sealed class ClusterException(Fault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the caller may conclude.</summary>
    public Fault Fault { get; } = fault;
}
