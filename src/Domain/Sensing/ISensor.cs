namespace Fulfillment.Sensing;

/// <summary>A sensor as callers see it: <c>seat.Sensor("shelf-7").Get()</c>.</summary>
public interface ISensor
{
    /// <summary>Any change. Statuses: <see cref="SensorStatus"/>. Repeatable, as all.</summary>
    ValueTask<SensorReply> Change(ICommand<SensorReply> change, CancellationToken cancel = default);

    /// <summary>The sensor as it stands.</summary>
    ValueTask<SensorReply> Get(CancellationToken cancel = default);
}

/// <summary>How callers reach a sensor.</summary>
public static class SensingCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "sensor";

    extension(Seat seat)
    {
        /// <summary>A sensor of the seat's seller.</summary>
        public ISensor Sensor(string id) => new Caller(seat, EntityId.Of(Kind, seat.Seller, id));
    }

    sealed class Caller(Seat seat, EntityId at) : ISensor
    {
        public ValueTask<SensorReply> Change(ICommand<SensorReply> change, CancellationToken cancel) =>
            seat.Cluster.Ask(at, change, seat.Origin, cancel);

        public ValueTask<SensorReply> Get(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new SensorCommand.Get(), seat.Origin, cancel);
    }
}
