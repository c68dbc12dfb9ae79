using System.Globalization;
using Fulfillment.Access;
using Fulfillment.Bench.Http;

namespace Fulfillment.Bench.Cluster;

/// <summary>A silo in a process of its own.</summary>
static class SiloProcess
{
    /// <summary>Starts it, and waits until it is one of the cluster.</summary>
    public static Task<Child> Start(ClusterPlace place, CancellationToken cancel) => Child.Other(
        "fulfillment-silo",
        url =>
        [
            "--postgres", place.Postgres, "--cluster", place.Cluster, "--silo-port", Port(), "--gateway-port", Port(),
            "--url", url.OriginalString, "--no-dashboard",
        ],
        cancel);

    static string Port() => Child.FreePort().ToString(CultureInfo.InvariantCulture);
}
