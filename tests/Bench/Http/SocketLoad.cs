using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fulfillment.Bench.Http;

/// <summary>
/// The bundled load generator: a socket per connection, requests made beforehand but for their ids, answers read no
/// further than they must be. It hears every answer, and costs more of the machine than wrk does.
/// </summary>
public sealed class SocketLoad(int connections) : ILoad
{
    /// <inheritdoc/>
    public string Name => $"bundled generator, {connections} connections";

    /// <inheritdoc/>
    public async Task<LoadResult> Run(Uri server, int articles, char run, int seconds, CancellationToken cancel)
    {
        ConcurrentDictionary<int, int> statuses = [];
        ConcurrentBag<List<double>> latencies = [];
        var started = Stopwatch.GetTimestamp();
        var end = TimeSpan.FromSeconds(seconds);
        await Task.WhenAll(Enumerable.Range(0, connections).Select(source => Task.Run(async () =>
        {
            using Buyer buyer = new(server, run, source, articles);
            await buyer.Connect(cancel);
            while (Stopwatch.GetElapsedTime(started) < end)
                statuses.AddOrUpdate(await buyer.Buy(cancel), 1, (_, count) => count + 1);
            latencies.Add(buyer.Milliseconds);
        }, cancel)));
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        double[] sorted = [.. latencies.SelectMany(l => l).Order()];
        var other = statuses.Where(s => s.Key != 201).Select(s => $"{s.Value} times {s.Key}").ToArray();
        return new(
            statuses.GetValueOrDefault(201), 0, elapsed, sorted.Percentile(0.5), sorted.Percentile(0.99),
            sorted.LastOrDefault(), other.Length > 0 ? string.Join(", ", other) : null);
    }

    sealed class Buyer(Uri server, char run, int source, int articles) : IDisposable
    {
        static readonly byte[] LengthHeader = "\r\nContent-Length: "u8.ToArray(), HeadersEnd = "\r\n\r\n"u8.ToArray();

        readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        readonly byte[] _request = Encoding.UTF8.GetBytes(OrderText.Request(server)), _answer = new byte[16 << 10];
        readonly int[] _orderHoles = HolesOf(
            server, OrderText.OrderHole), _skuHoles = HolesOf(server, OrderText.SkuHole);
        readonly Random _random = new(source);
        int _sent;

        public List<double> Milliseconds { get; } = [];

        public Task Connect(CancellationToken cancel) =>
            _socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port), cancel).AsTask();

        /// <summary>Sends one order, and returns the status of the answer.</summary>
        public async Task<int> Buy(CancellationToken cancel)
        {
            Fill(_orderHoles, OrderText.Id(run, source, ++_sent));
            Fill(_skuHoles, Articles.Sku(_random.Next(articles)));
            var started = Stopwatch.GetTimestamp();
            await _socket.SendAsync(_request, cancel);
            var read = 0;
            do
            {
                var more = await _socket.ReceiveAsync(_answer.AsMemory(read), cancel);
                if (more == 0) throw new IOException("The server closed the connection.");
                read += more;
            }
            while (!IsWhole(_answer.AsSpan(0, read)));

            Milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            return int.Parse(_answer.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);
        }

        public void Dispose() => _socket.Dispose();

        static int[] HolesOf(Uri server, string hole)
        {
            var request = OrderText.Request(server);
            List<int> found = [];
            for (var at = request.IndexOf(hole, StringComparison.Ordinal); at >= 0;)
            {
                found.Add(at);
                at = request.IndexOf(hole, at + 1, StringComparison.Ordinal);
            }

            return [.. found];
        }

        void Fill(int[] holes, string text)
        {
            foreach (var hole in holes) Encoding.ASCII.GetBytes(text, _request.AsSpan(hole));
        }

        static bool IsWhole(ReadOnlySpan<byte> answer)
        {
            if (answer.IndexOf(HeadersEnd) is not (>= 0 and var headers)) return false;
            var length = answer[(answer.IndexOf(LengthHeader) + LengthHeader.Length)..];
            return System.Buffers.Text.Utf8Parser.TryParse(length, out int bytes, out _)
                && answer.Length >= headers + HeadersEnd.Length + bytes;
        }
    }
}
