using Fulfillment.Access;

namespace Fulfillment.Silo.Streams;

/// <summary>
/// Sees who subscribes to streams, by the calls to Orleans' own grain that keeps the subscriptions: a stream is
/// delivered only while it is followed, and whoever subscribes is looked after at once, not with the next event.
/// </summary>
sealed class SubscriptionFilter(StreamTables tables) : IIncomingGrainCallFilter
{
    const string Joins = "RegisterConsumer", Leaves = "UnregisterConsumer";

    /// <inheritdoc/>
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (context.Request.GetArgumentCount() < 2 || context.MethodName is not (Joins or Leaves)) return;
        if (context.Request.GetArgument(1) is not QualifiedStreamId { ProviderName: JournalStreams.Provider } stream
            || JournalStreams.EntityOf(stream) is not { } entity) return;
        await (context.MethodName == Joins ? tables.Follow(entity) : tables.Leave(entity));
    }
}
