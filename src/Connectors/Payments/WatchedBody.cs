using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Fulfillment.Connectors;

/// <summary>
/// A JSON body that knows whether any of it was sent: it is read only once there is a connection, whatever kept that
/// from coming about (a name, the network, its encryption, or that it took too long).
/// </summary>
sealed class WatchedBody(string json)
    : StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"))
{
    volatile bool _isBegun;

    /// <summary>Some of it may have been sent.</summary>
    public bool IsBegun => _isBegun;

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _isBegun = true;
        return base.SerializeToStreamAsync(stream, context, cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        _isBegun = true;
        return base.SerializeToStreamAsync(stream, context);
    }
}
