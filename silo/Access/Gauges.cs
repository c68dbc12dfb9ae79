using Orleans;

namespace Fulfillment.Access;

/// <summary>How a silo is doing.</summary>
/// <param name="CommitMedian">Milliseconds of its last thousand commits, the median.</param>
/// <param name="CommitP99">What 99 of 100 of them stayed within.</param>
/// <param name="OutboxDepth">Sends under way or waiting in memory.</param>
/// <param name="Entities">Entities that live there.</param>
/// <param name="MemoryBytes">Of its process.</param>
/// <param name="ViewLag">Events that the lists lack, at the silo that keeps them; 0 at others.</param>
[GenerateSerializer, Immutable, Alias("fulfillment.silo-gauges")]
public readonly record struct SiloGauges(
    double CommitMedian, double CommitP99, int OutboxDepth, int Entities, long MemoryBytes,
    long ViewLag);

/// <summary>How the silos are doing, as of one moment. Its key is 0.</summary>
[Alias("fulfillment.gauges")]
public interface IGaugesGrain : IGrainWithIntegerKey
{
    /// <summary>One for each silo that answered, in no order; at most a second old.</summary>
    [Alias("Read")]
    Task<SiloGauges[]> Read();
}
