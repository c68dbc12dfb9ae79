using System.Globalization;
using Orleans;
using Orleans.Concurrency;

namespace Fulfillment.Access;

/// <summary>What an operator has set for the whole cluster.</summary>
/// <param name="IsReadOnly">No event is written: the journal stands still. Questions are answered.</param>
/// <param name="Reason">Why, in the operator's words; callers are told. Empty when nothing is set.</param>
/// <param name="By">Who set it: an actor's id.</param>
/// <param name="Since">When.</param>
/// <param name="Revision">Grows by one with every change; 0 for none yet.</param>
[GenerateSerializer, Immutable, Alias("fulfillment.cluster-settings")]
public sealed record ClusterSettings(bool IsReadOnly, string Reason, string By, DateTimeOffset Since, long Revision)
{
    /// <summary>The longest reason.</summary>
    public const int MostReason = 500;

    /// <summary>Nothing was ever set.</summary>
    public static ClusterSettings Initial { get; } = new(false, "", "", DateTimeOffset.UnixEpoch, 0);

    /// <summary>What a caller is told whose command would write; null when it may.</summary>
    public string? WhyReadOnly => !IsReadOnly ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"The cluster is read-only since {Since.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z: {Reason}. Nothing was done.");
}

/// <summary>What a change led to.</summary>
/// <param name="Settings">As they are now, durably.</param>
/// <param name="Unheard">
/// The silos, by address, that have not confirmed that they go by them: they may be stopping, or out of reach.
/// </param>
[GenerateSerializer, Immutable, Alias("fulfillment.settings-reply")]
public sealed record SettingsReply(ClusterSettings Settings, string[] Unheard);

/// <summary>The one place of the cluster's settings. Its key is 0.</summary>
[Alias("fulfillment.settings")]
public interface ISettingsGrain : IGrainWithIntegerKey
{
    /// <summary>As they are.</summary>
    [AlwaysInterleave, Alias("Get")]
    Task<ClusterSettings> Get();

    /// <summary>
    /// Allows or stops writing. It answers when the change is durable and every silo of the cluster goes by it, or was
    /// waited for in vain: where none is unheard, what was under way is settled, and no event is written any more. May
    /// be repeated.
    /// </summary>
    [Alias("SetReadOnly")]
    Task<SettingsReply> SetReadOnly(bool readOnly, string reason, string by);
}
