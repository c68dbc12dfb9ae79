using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Streams;

namespace Fulfillment.Access;

/// <summary>
/// The streams of a cluster: one per order and one per SKU, with the entity's events in order. They are the journal:
/// nothing but an entity's turn puts anything into them.
/// </summary>
public static class JournalStreams
{
    /// <summary>The name of the stream provider.</summary>
    public const string Provider = "journal";

    /// <summary>The namespaces; the key of a stream is the entity's.</summary>
    public const string Orders = "orders", Stock = "stock";

    /// <summary>Lets a caller subscribe to them.</summary>
    public static void AddTo(IClientBuilder client) => client.AddPersistentStreams(
        Provider, (_, _) => new JournalSubscriptions(),
        streams => streams.ConfigureStreamPubSub(StreamPubSubType.ExplicitGrainBasedOnly));

    /// <summary>The stream of an entity; null when its kind has none.</summary>
    public static StreamId? Of(EntityId entity) => entity.Kind switch
    {
        OrderingCalls.Kind => StreamId.Create(Orders, entity.Key),
        InventoryCalls.Kind => StreamId.Create(Stock, entity.Key),
        _ => null,
    };

    /// <summary>The entity of a stream; null when there is no such stream.</summary>
    public static EntityId? EntityOf(StreamId stream) => stream.GetNamespace() switch
    {
        Orders => new(OrderingCalls.Kind, stream.GetKeyAsString()),
        Stock => new(InventoryCalls.Kind, stream.GetKeyAsString()),
        _ => null,
    };
}

/// <summary>
/// How a process gets at the streams: any position can be resumed from, and nothing published. Silos read the journal
/// through it, callers only subscribe.
/// </summary>
public class JournalAdapter : IQueueAdapter
{
    /// <inheritdoc/>
    public string Name => JournalStreams.Provider;

    /// <inheritdoc/>
    public bool IsRewindable => true;

    /// <summary>Both, so that who publishes is told why not.</summary>
    public StreamProviderDirection Direction => StreamProviderDirection.ReadWrite;

    /// <summary>Refused.</summary>
    public Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token,
        Dictionary<string, object>? requestContext) =>
        throw new NotSupportedException(
            $"Nothing can be published to '{streamId}': the streams are the journal. Send the entity a command.");

    /// <inheritdoc/>
    public virtual IQueueAdapterReceiver CreateReceiver(QueueId queueId) =>
        throw new NotSupportedException("Only silos read the journal.");
}

/// <summary>The streams at a caller's end.</summary>
public sealed class JournalSubscriptions : IQueueAdapterFactory, IQueueAdapterCache
{
    /// <inheritdoc/>
    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult<IQueueAdapter>(new JournalAdapter());

    /// <inheritdoc/>
    public IQueueAdapterCache GetQueueAdapterCache() => this;

    /// <inheritdoc/>
    public IStreamQueueMapper GetStreamQueueMapper() => throw new NotSupportedException("Only silos have queues.");

    /// <inheritdoc/>
    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        throw new NotSupportedException("Only silos deliver.");

    /// <inheritdoc/>
    public IQueueCache CreateQueueCache(QueueId queueId) => throw new NotSupportedException("Only silos have queues.");
}
