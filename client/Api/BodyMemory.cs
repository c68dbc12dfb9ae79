namespace Fulfillment.Client.Api;

/// <summary>
/// How much memory the bodies of requests may take together, small ones aside: twenty thousand connections with four
/// megabytes each would be too much. Who finds it full is told to come back.
/// </summary>
public sealed class BodyMemory(long most)
{
    /// <summary>Bodies up to this size are not counted; the number of connections limits them.</summary>
    public const int Small = 64 << 10;

    /// <summary>What bodies may take unless somebody says otherwise.</summary>
    public const long Usual = 256L << 20;

    readonly long _most = most;
    long _taken;

    /// <summary>Bytes taken now.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>A share of it, empty at first, given back when it is disposed of.</summary>
    public Lease Open() => new(this);

    /// <summary>What to tell who found no room.</summary>
    public static ProblemException Full() => new(Problem.Of(new(
        Fault.Overloaded, "Too many large bodies are being received. Try again in a moment.")));

    /// <summary>What one request has taken.</summary>
    public sealed class Lease(BodyMemory memory) : IDisposable
    {
        long _bytes;

        /// <summary>Takes so many bytes in all; false when there is no room.</summary>
        public bool TryGrow(long bytes)
        {
            var more = bytes - _bytes;
            if (Interlocked.Add(ref memory._taken, more) > memory._most)
            {
                Interlocked.Add(ref memory._taken, -more);
                return false;
            }

            _bytes = bytes;
            return true;
        }

        /// <inheritdoc/>
        public void Dispose() => Interlocked.Add(ref memory._taken, -Interlocked.Exchange(ref _bytes, 0));
    }
}
