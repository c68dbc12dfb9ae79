namespace Fulfillment.Connectors;

/// <summary>What is unclear about a provider's answer.</summary>
public enum ProviderTrouble
{
    /// <summary>It makes no sense.</summary>
    Garbled,

    /// <summary>It did not come in time.</summary>
    Timeout,

    /// <summary>There is no connection, or it broke.</summary>
    Unreachable,

    /// <summary>The provider cannot answer now, is busy with the same, or wants to be asked less often.</summary>
    Unavailable,

    /// <summary>The provider does not know who asks.</summary>
    Unauthorised,

    /// <summary>It was not asked at all: it has failed again and again.</summary>
    NotAsked,
}

/// <summary>
/// A provider did not say what came of a call: it did not answer in time, answered what makes no sense, or is busy with
/// the same call. The caller repeats it with the same id. The message names neither secrets nor what was sent.
/// </summary>
public sealed class ProviderUnclearException(
    string provider, string why, Exception? inner = null, ProviderTrouble trouble = ProviderTrouble.Garbled)
    : Exception($"{provider}: {why}", inner)
{
    /// <summary>Which provider.</summary>
    public string Provider { get; } = provider;

    /// <summary>What is unclear.</summary>
    public ProviderTrouble Trouble { get; } = trouble;

    /// <summary>
    /// Surely nothing came of it: the provider was not reached, was not asked at all, or turned it away unread (401,
    /// 429). False: nobody knows.
    /// </summary>
    public bool NothingDone { get; init; } = trouble == ProviderTrouble.NotAsked;

    /// <summary>The same in words, without the provider's name.</summary>
    public string Why { get; } = why;

    /// <summary>The same, of a call that only went before the one that does something.</summary>
    public ProviderUnclearException BeforeAnything() =>
        new(Provider, Why, this, Trouble) { NothingDone = true };
}
