using System.Text.Json.Serialization;

namespace Fulfillment.Connectors;

// Who writes to buyers, and what, as a file has it by the seller's name; what is missing is null. MailSettings reads
// it.

sealed record MailSenderFile(
    string? From, string? Name, bool? Notices, IReadOnlyDictionary<string, NoticeTextFile?>? Texts);

sealed record NoticeTextFile(string? Subject, string? Body);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(Dictionary<string, MailSenderFile>))]
sealed partial class MailSendersJson : JsonSerializerContext;
