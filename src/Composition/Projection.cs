using Fulfillment.Engine;
using Fulfillment.Views;

namespace Fulfillment.Composition;

/// <summary>The lists as what follows the journal.</summary>
public sealed class Projection(AllViews views) : IProjection
{
    /// <inheritdoc/>
    public long Position => views.Position;

    /// <inheritdoc/>
    public void Apply(IReadOnlyList<Fact> facts) => views.Apply(facts);

    /// <inheritdoc/>
    public void Write() => views.Write();

    /// <inheritdoc/>
    public void Dispose() => views.Dispose();
}
