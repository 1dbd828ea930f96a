using System.Text.Json;
using Invoicing.Tenants.Db;

namespace Invoicing.Tenants;

/// <summary>Answers kept for Idempotency-Key hold secrets that are shown once: they are kept as every secret is.</summary>
public static class SealedAnswers
{
    private const string Place = "idempotency";

    public static IdempotencyOptions Options { get; } = new()
    {
        Seal = async (http, answer) =>
        {
            var keys = http.RequestServices.GetRequiredService<SecretKeys>();
            var keyId = await http.RequestServices.GetRequiredService<TenantsDb>().ActiveKeyAsync(keys, http.RequestAborted);
            return JsonSerializer.SerializeToUtf8Bytes(Envelope.Seal(keyId, keys.Read(keyId), answer, Place, http.Request.Path));
        },
        Open = (http, stored) =>
        {
            var envelope = JsonSerializer.Deserialize<Envelope>(stored)!;
            return Task.FromResult(envelope.Open(http.RequestServices.GetRequiredService<SecretKeys>().Read(envelope.KeyId), Place, http.Request.Path));
        },
    };
}
