using Orleans;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;

namespace Fulfillment.Access;

/// <summary>
/// What a queue hands to a stream: one event, or none, which only says from where on the stream is to be looked at.
/// </summary>
[GenerateSerializer, Immutable, Alias("fulfillment.batch")]
public sealed class EventBatch(StreamId stream, long position, StreamEvent? happened) : IBatchContainer
{
    [Id(0)]
    readonly StreamId _stream = stream;

    [Id(1)]
    readonly long _position = position;

    [Id(2)]
    readonly StreamEvent? _event = happened;

    /// <inheritdoc/>
    public StreamId StreamId => _stream;

    /// <summary>The event's position in the journal.</summary>
    public StreamSequenceToken SequenceToken => new EventSequenceTokenV2(_position);

    /// <summary>The event; null for none.</summary>
    public StreamEvent? Event => _event;

    /// <inheritdoc/>
    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() =>
        _event is T item ? [Tuple.Create(item, SequenceToken)] : [];

    /// <inheritdoc/>
    public bool ImportRequestContext() => false;
}
