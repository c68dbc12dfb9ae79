using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Orleans;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;

namespace Fulfillment.Access;

/// <summary>An entity's events, as they happen, for callers that want each exactly once and in order.</summary>
public static class Following
{
    /// <summary>
    /// The events of an order or a SKU after a position, in order, each once, without an end. Who keeps the position
    /// of the last event it has dealt with goes on from there, however long it was away. Silos may come and go.
    /// </summary>
    /// <param name="client">The cluster; the streams are added to it (<see cref="JournalStreams.AddTo"/>).</param>
    /// <param name="entity">Whose events; an order or a SKU.</param>
    /// <param name="after">The position of the last event already known; 0: from the first one on.</param>
    /// <param name="cancel">Ends it.</param>
    public static IAsyncEnumerable<StreamEvent> Follow(
        this IClusterClient client, EntityId entity, long after = 0, CancellationToken cancel = default)
    {
        var id = IdOf(entity);
        return Follow(() => StreamOf(client, id), after, cancel);
    }

    /// <inheritdoc cref="Follow(IClusterClient, EntityId, long, CancellationToken)"/>
    public static IAsyncEnumerable<StreamEvent> Follow(
        this ClusterConnection connection, EntityId entity, long after = 0, CancellationToken cancel = default)
    {
        var id = IdOf(entity);
        return Follow(
            () => connection.IsUp ? StreamOf(connection.Client, id)
                : throw new ClusterException(Fault.Stopping, "No silo of the cluster is up."),
            after, cancel);
    }

    static StreamId IdOf(EntityId entity) => JournalStreams.Of(entity)
        ?? throw new ArgumentOutOfRangeException(nameof(entity), entity, "Only orders and SKUs have a stream.");

    static IAsyncStream<StreamEvent> StreamOf(IClusterClient client, StreamId id) =>
        client.GetStreamProvider(JournalStreams.Provider).GetStream<StreamEvent>(id);

    static async IAsyncEnumerable<StreamEvent> Follow(
        Func<IAsyncStream<StreamEvent>> stream, long after, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (position, version) = (after, after == 0 ? 0 : (long?)null);
        while (true)
        {
            await using var subscription = await Subscription.To(stream, position, cancel);
            while (await subscription.Next(cancel) is { } happened)
            {
                // It begins with the last known one, which tells what has to come next.
                if (happened.Position == position) version = happened.Version;
                if (happened.Position <= position) continue;
                // Something is missing: again from the last known one.
                if (version is { } last && happened.Version != last + 1) break;
                (position, version) = (happened.Position, happened.Version);
                yield return happened;
            }
        }
    }

    /// <summary>One subscription; it may be lost while silos come and go, and then another one is needed.</summary>
    sealed class Subscription : IAsyncObserver<StreamEvent>, IAsyncDisposable
    {
        const int MostWaiting = 200;
        static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500), Patience = TimeSpan.FromSeconds(5);

        readonly Channel<StreamEvent> _events = Channel.CreateBounded<StreamEvent>(MostWaiting);
        readonly IAsyncStream<StreamEvent> _stream;
        StreamSubscriptionHandle<StreamEvent>? _handle;

        Subscription(IAsyncStream<StreamEvent> stream) => _stream = stream;

        /// <summary>Subscribes, as soon as that can be done.</summary>
        public static async Task<Subscription> To(
            Func<IAsyncStream<StreamEvent>> stream, long from, CancellationToken cancel)
        {
            while (true)
            {
                cancel.ThrowIfCancellationRequested();
                try
                {
                    Subscription subscription = new(stream());
                    subscription._handle = await subscription._stream.SubscribeAsync(
                        subscription, new EventSequenceTokenV2(from));
                    return subscription;
                }
                catch (Exception e) when (e is ClusterException || GrainCluster.IsPassing(e))
                {
                    await Task.Delay(Pause, cancel);
                }
            }
        }

        /// <summary>The next event; null when the subscription is lost.</summary>
        public async ValueTask<StreamEvent?> Next(CancellationToken cancel)
        {
            while (true)
            {
                using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                wait.CancelAfter(Patience);
                try
                {
                    return await _events.Reader.ReadAsync(wait.Token);
                }
                catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
                {
                    if (!await IsKept()) return null;
                }
            }
        }

        /// <summary>While the caller is busy the silo waits; when that takes long, it tries again later.</summary>
        public async Task OnNextAsync(StreamEvent item, StreamSequenceToken? token = null)
        {
            using CancellationTokenSource wait = new(Patience);
            await _events.Writer.WriteAsync(item, wait.Token);
        }

        /// <inheritdoc/>
        public Task OnCompletedAsync() => Task.CompletedTask;

        /// <summary>What could not be delivered comes again.</summary>
        public Task OnErrorAsync(Exception ex) => Task.CompletedTask;

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            try
            {
                await _handle!.UnsubscribeAsync();
            }
            catch (Exception e) when (GrainCluster.IsPassing(e) || e is InvalidOperationException)
            {
                // Silos drop a subscriber that is not there any more.
            }
        }

        /// <summary>Silos drop a subscriber that they could not reach for a while.</summary>
        async Task<bool> IsKept()
        {
            try
            {
                var handles = await _stream.GetAllSubscriptionHandles();
                return handles.Any(h => h.HandleId == _handle!.HandleId);
            }
            catch (Exception e) when (GrainCluster.IsPassing(e))
            {
                return true;
            }
        }
    }
}
