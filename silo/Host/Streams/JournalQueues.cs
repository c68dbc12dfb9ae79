using System.Collections.Concurrent;
using Fulfillment.Access;
using Fulfillment.Engine;
using Orleans.Configuration;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Fulfillment.Silo.Streams;

/// <summary>The queues that this silo delivers at the moment.</summary>
sealed class JournalQueues(
    JournalReading journal, FollowedStreams followed, StreamTables tables, IStreamSubscriptionManagerAdmin admin,
    ILogger<JournalQueue> log) : JournalAdapter, IQueueAdapterFactory, IQueueAdapterCache
{
    const int Count = 8;

    // The name of the storage in which Orleans keeps who subscribes to what.
    const string Subscriptions = "PubSubStore";

    readonly ConcurrentDictionary<QueueId, JournalQueue> _queues = new();
    readonly HashRingBasedStreamQueueMapper _mapper = new(new() { TotalQueueCount = Count }, JournalStreams.Provider);

    /// <summary>Adds the streams to a silo.</summary>
    public static void AddTo(ISiloBuilder silo, ClusterPlace place)
    {
        silo.AddAdoNetGrainStorage(Subscriptions, o =>
            (o.Invariant, o.ConnectionString) = (ClusterPlace.Invariant, place.Orleans));
        silo.Services.AddSingleton<StreamTables>();
        silo.Services.AddSingleton<FollowedStreams>();
        silo.Services.AddSingleton<JournalReading>();
        silo.AddIncomingGrainCallFilter<SubscriptionFilter>();
        silo.AddPersistentStreams(
            JournalStreams.Provider, (services, _) => ActivatorUtilities.CreateInstance<JournalQueues>(services),
            streams =>
            {
                streams.ConfigureStreamPubSub(StreamPubSubType.ExplicitGrainBasedOnly);
                streams.ConfigurePullingAgent(agent => agent.Configure(o =>
                    o.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(50)));
            });
    }

    /// <inheritdoc/>
    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult<IQueueAdapter>(this);

    /// <inheritdoc/>
    public IQueueAdapterCache GetQueueAdapterCache() => this;

    /// <inheritdoc/>
    public IStreamQueueMapper GetStreamQueueMapper() => _mapper;

    /// <summary>A subscription outlives a failure: what could not be delivered comes again.</summary>
    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult<IStreamFailureHandler>(new NoOpStreamDeliveryFailureHandler());

    /// <inheritdoc/>
    public IQueueCache CreateQueueCache(QueueId queueId) => Of(queueId);

    /// <inheritdoc/>
    public override IQueueAdapterReceiver CreateReceiver(QueueId queueId) => Of(queueId);

    JournalQueue Of(QueueId id) => _queues.GetOrAdd(id, _ => new(
        id, _mapper, journal, followed, tables,
        admin.GetStreamSubscriptionManager(StreamSubscriptionManagerType.ExplicitSubscribeOnly), log,
        gone => _queues.TryRemove(gone, out var _)));
}
