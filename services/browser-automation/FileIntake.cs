using Invoicing.BrowserAutomation.Browser;
using Invoicing.BrowserAutomation.Engine;
using Invoicing.Messages;

namespace Invoicing.BrowserAutomation;

/// <summary>Judges what the portal delivered and stores what is an invoice.</summary>
public sealed class FileIntake(RunAttempt command, Artefacts artefacts, TimeProvider time)
{
    private readonly List<DeliveredFile> files = [];

    public IReadOnlyList<DeliveredFile> Files => files;

    public long StoredBytes { get; private set; }

    public async Task TakeAsync(IReadOnlyList<ReceivedFile> received, string receptorRfc, Delivered delivered)
    {
        var total = Values.Amount(command.Fields.GetValueOrDefault("total"));
        foreach (var judged in received.SelectMany(r => Delivery.Judge(r.Bytes, r.Name, receptorRfc, total, time.GetUtcNow())))
        {
            switch (judged.Kind)
            {
                case FileKind.CfdiXml when !delivered.Xml:
                    delivered.Xml = true;
                    delivered.StampedAt = judged.StampedAt;
                    delivered.ArrivedAt = time.GetUtcNow();
                    await StoreAsync("cfdi_xml", judged, "application/xml");
                    break;
                case FileKind.Pdf when !delivered.Pdf:
                    delivered.Pdf = true;
                    await StoreAsync("cfdi_pdf", judged, "application/pdf");
                    break;
                case FileKind.Refused:
                    delivered.Refused++;
                    delivered.Refusal = judged.Reason;
                    delivered.ForeignReceptor = judged.Receptor is { } rfc && rfc != receptorRfc ? rfc : delivered.ForeignReceptor;
                    break;
            }
        }
    }

    private async Task StoreAsync(string kind, JudgedFile judged, string type)
    {
        files.Add(new DeliveredFile(kind, await artefacts.PutAsync(command.CompanyId, judged.Name, type, judged.Bytes, CancellationToken.None)));
        StoredBytes += judged.Bytes.Length;
    }
}
