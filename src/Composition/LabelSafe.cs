using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fulfillment.Engine;
using Fulfillment.Shipping;

namespace Fulfillment.Composition;

/// <summary>
/// What a desk for labels keeps beside its notes: the papers that it bought. They name the buyer: they are sealed with
/// his key, and gone with it.
/// </summary>
public interface ILabelSafe : IDeskNotes
{
    /// <summary>Takes a note back: surely nothing was bought. Only for who has made it; may be repeated.</summary>
    ValueTask TakeBack(string seller, string key, CancellationToken cancel);

    /// <summary>A name, sealed with the key of whose address it is; null when he was erased.</summary>
    ValueTask<Personal<string>?> Seal(Personal<ShipAddress> beside, string name);

    /// <summary>
    /// Keeps a paper, sealed with the key of whose address it is; null when he was erased. Durable.
    /// </summary>
    ValueTask<StoredPaper?> Keep(
        string seller, Personal<ShipAddress> beside, ReadOnlyMemory<byte> paper, LabelFormat format,
        CancellationToken cancel);

    /// <summary>Keeps a paper that names no buyer, sealed with the key of a subject who is nobody. Durable.</summary>
    ValueTask<StoredPaper> KeepForm(
        string seller, string subject, ReadOnlyMemory<byte> paper, LabelFormat format, CancellationToken cancel);
}

/// <summary>Beside the journal: files, sealed by its keyring.</summary>
public sealed class LabelSafe(Keyring keyring, IStoredFiles files) : ILabelSafe
{
    /// <inheritdoc/>
    public ValueTask<bool> Begin(string seller, string key, CancellationToken cancel)
    {
        var bytes = Encoding.UTF8.GetBytes(key);
        return files.Claim(seller, Note(bytes), bytes, cancel);
    }

    /// <inheritdoc/>
    public ValueTask TakeBack(string seller, string key, CancellationToken cancel) =>
        files.Release(seller, Note(Encoding.UTF8.GetBytes(key)), cancel);

    /// <inheritdoc/>
    public ValueTask<bool> HasBegun(string seller, string key, CancellationToken cancel) =>
        files.Has(seller, Note(Encoding.UTF8.GetBytes(key)), cancel);

    /// <inheritdoc/>
    public async ValueTask<ShipAddress?> Open(Personal<ShipAddress> to) =>
        await keyring.Open(to) is { } text ? JsonSerializer.Deserialize(text, LabelsJson.Default.ShipAddress) : null;

    /// <inheritdoc/>
    public async ValueTask<Personal<string>?> Seal(Personal<ShipAddress> beside, string name) =>
        // A key that was destroyed is not made anew.
        await keyring.Open(beside) is null ? null
            : await keyring.Seal<string>(beside.Subject, Encoding.UTF8.GetBytes(name));

    /// <inheritdoc/>
    public async ValueTask<StoredPaper?> Keep(
        string seller, Personal<ShipAddress> beside, ReadOnlyMemory<byte> paper, LabelFormat format,
        CancellationToken cancel) =>
        // A key that was destroyed is not made anew.
        await keyring.Open(beside) is null ? null
            : await KeepForm(seller, beside.Subject, paper, format, cancel);

    /// <inheritdoc/>
    public async ValueTask<StoredPaper> KeepForm(
        string seller, string subject, ReadOnlyMemory<byte> paper, LabelFormat format, CancellationToken cancel)
    {
        var name = $"{Hash(paper.Span)}-sealed-{Hash(Encoding.UTF8.GetBytes(subject))[..16]}";
        var sealedPaper = await keyring.Seal<StoredPaper>(subject, paper);
        await files.Keep(seller, name, Encoding.UTF8.GetBytes(sealedPaper.Sealed), cancel);
        return new(name, format, paper.Length);
    }

    /// <summary>
    /// The paper as it was bought, byte by byte; null when the buyer was erased, or where there is no such file.
    /// </summary>
    public async ValueTask<byte[]?> Read(
        string seller, string subject, StoredPaper paper, CancellationToken cancel)
    {
        if (await files.Open(seller, paper.File, cancel) is not { } file) return null;
        await using var content = file.Content;
        using StreamReader reader = new(content, Encoding.UTF8);
        return await keyring.Open(new Personal<StoredPaper>(subject, await reader.ReadToEndAsync(cancel)));
    }

    static string Note(ReadOnlySpan<byte> key) => $"{Hash(key)}-label-asked";

    static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
