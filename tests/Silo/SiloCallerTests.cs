using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Silo;

/// <summary>Two silos.</summary>
public sealed class SiloCallerTests : CallerContract, IClassFixture<Silos>
{
    readonly Silos _silos;

    public SiloCallerTests(Silos silos)
    {
        Skip.If(silos.Missing is not null, silos.Missing);
        _silos = silos;
    }

    protected override ICluster Cluster => _silos.Cluster;
}
