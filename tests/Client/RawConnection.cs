using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fulfillment.Tests.Client;

/// <summary>A connection that can do what no well-behaved client does.</summary>
public sealed class RawConnection : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly StringBuilder _read = new();

    public static async Task<RawConnection> Open(ApiClient api)
    {
        RawConnection connection = new();
        await connection._socket.ConnectAsync(IPAddress.Loopback, api.Address.Port);
        return connection;
    }

    public async Task Send(string text) => await _socket.SendAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Says that nothing more will be sent.</summary>
    public void Finish() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Breaks off, without a farewell.</summary>
    public void Reset()
    {
        _socket.LingerState = new(enable: true, seconds: 0);
        _socket.Close();
    }

    /// <summary>
    /// Reads until all that came contains the text, and returns it; fails when the connection ends before.
    /// </summary>
    public async Task<string> ReadUntil(string text)
    {
        while (!_read.ToString().Contains(text, StringComparison.Ordinal))
            Assert.True(await Read(), $"The answer ends without {text}: {_read}");
        return _read.ToString();
    }

    /// <summary>All that comes until the other side ends, in whatever way.</summary>
    public async Task<string> ReadToEnd()
    {
        while (await Read())
        {
        }

        return _read.ToString();
    }

    public void Dispose() => _socket.Dispose();

    async Task<bool> Read()
    {
        var buffer = new byte[8_192];
        using CancellationTokenSource late = new(Patience);
        try
        {
            var count = await _socket.ReceiveAsync(buffer, late.Token);
            _read.Append(Encoding.UTF8.GetString(buffer.AsSpan(0, count)));
            return count > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
