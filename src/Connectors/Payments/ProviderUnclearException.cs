namespace Fulfillment.Connectors;

/// <summary>
/// A provider did not say what came of a call: it did not answer in time, answered what makes no sense, or is busy with
/// the same call. The caller repeats it with the same id. The message names neither secrets nor what was sent.
/// </summary>
public sealed class ProviderUnclearException(string provider, string why, Exception? inner = null)
    : Exception($"{provider}: {why}", inner)
{
    /// <summary>Which provider.</summary>
    public string Provider { get; } = provider;
}
