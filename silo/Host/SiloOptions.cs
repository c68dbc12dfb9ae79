using System.Net;
using Fulfillment.Access;

namespace Fulfillment.Silo;

/// <summary>How one silo is run.</summary>
/// <param name="Place">Which cluster.</param>
/// <param name="Address">Where other silos and callers reach it.</param>
/// <param name="SiloPort">The port for other silos.</param>
/// <param name="GatewayPort">The port for callers.</param>
/// <param name="Url">Where health, metrics and the dashboard are served.</param>
/// <param name="Dashboard">Whether the dashboard is; it has no login, so only ever on loopback.</param>
/// <param name="DashboardUrl">Where it is, when not at <paramref name="Url"/>.</param>
/// <param name="ListenAny">
/// Listens at all addresses of the machine, not only at <paramref name="Address"/>: for containers.
/// </param>
public sealed record SiloOptions(
    ClusterPlace Place, IPAddress Address, int SiloPort, int GatewayPort, string Url, bool Dashboard,
    string? DashboardUrl = null, bool ListenAny = false);
