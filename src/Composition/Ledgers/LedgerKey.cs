using System.Globalization;
using System.Security.Cryptography;
using Fulfillment.Engine;

namespace Fulfillment.Composition;

/// <summary>The key that heads of the ledger are signed with: ECDSA over P-256, in a PEM file of its own.</summary>
public sealed class LedgerKey : IDisposable
{
    /// <summary>Its file in a data folder, and that of its public half, to be handed out.</summary>
    public const string FileName = "ledger-key.pem", PublicFileName = "ledger-public.pem";

    const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    readonly Lock _lock = new();
    readonly ECDsa _key;

    LedgerKey(ECDsa key)
    {
        _key = key;
        Id = IdOf(key);
    }

    /// <summary>Tells keys apart: the first 16 hex digits of the SHA-256 of the SubjectPublicKeyInfo.</summary>
    public string Id { get; }

    /// <summary>The public half, as PEM.</summary>
    public string PublicPem => _key.ExportSubjectPublicKeyInfoPem() + "\n";

    /// <summary>The key of a place: the file that it names, or that of its folder.</summary>
    public static LedgerKey At(DataPlace place) => place.LedgerKey is { } file ? Read(file) : Of(place.Folder);

    /// <summary>
    /// The key of a data folder, made at the first use: readable by its owner only, the public half beside it. Throws
    /// <see cref="StoreUnavailableException"/>.
    /// </summary>
    public static LedgerKey Of(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            if (!File.Exists(path)) Make(folder, path);
            var key = Read(path);
            var shown = Path.Combine(folder, PublicFileName);
            if (!File.Exists(shown)) File.WriteAllText(shown, key.PublicPem);
            return key;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The key {path} cannot be kept: {e.Message}", e);
        }
    }

    /// <summary>A key from a PEM file. Throws <see cref="StoreUnavailableException"/>.</summary>
    public static LedgerKey Read(string path)
    {
        var key = Import(path);
        try
        {
            key.ExportParameters(includePrivateParameters: true);
            return new(key);
        }
        catch (CryptographicException e)
        {
            key.Dispose();
            throw new StoreUnavailableException($"{path} has no private key, which signing needs.", e);
        }
    }

    /// <summary>
    /// A public key, or the public half of a key, from a PEM file. Throws <see cref="StoreUnavailableException"/>.
    /// </summary>
    public static ECDsa ReadPublic(string path) => Import(path);

    /// <summary>The id of a key.</summary>
    public static string IdOf(ECDsa key) =>
        Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];

    /// <summary>Whether a head was signed with the key.</summary>
    public static bool Signed(ECDsa key, LedgerHead head)
    {
        Span<byte> signature = stackalloc byte[128];
        return head.Key == IdOf(key) && Convert.TryFromBase64String(head.Signature, signature, out var length)
            && key.VerifyData(
                head.ToSign(), signature[..length], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>Signs what the journal is now.</summary>
    public LedgerHead Sign((long Size, long Position, byte[] Root) ledger, DateTimeOffset now)
    {
        LedgerHead head = new(
            ledger.Size, ledger.Position, Convert.ToHexStringLower(ledger.Root),
            now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture), Id, "");
        // One key object signs for one thread at a time.
        lock (_lock)
        {
            return head with
            {
                Signature = Convert.ToBase64String(_key.SignData(
                    head.ToSign(), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
            };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    static ECDsa Import(string path)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            if (key.KeySize == 256) return key;
            throw new CryptographicException("it is not over P-256");
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new StoreUnavailableException($"{path} cannot be read as a P-256 key in PEM: {e.Message}", e);
        }
    }

    /// <summary>Written beside and moved into place, so that two processes never make two.</summary>
    static void Make(string folder, string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var draft = Path.Combine(folder, $"{FileName}.{Environment.ProcessId}");
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (StreamWriter writer = new(new FileStream(draft, options))) writer.Write(key.ExportPkcs8PrivateKeyPem());
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
