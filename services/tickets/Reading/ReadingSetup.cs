using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Invoicing.Tickets.Reading;

/// <summary>Puts the reader among the services of a host.</summary>
public static class ReadingSetup
{
    /// <summary>
    /// Adds <see cref="ReceiptReader"/> as a singleton. Settings: <c>Reading:Models</c> (directory of the weights, default
    /// <c>ocr-models</c> beside the program) and <c>Reading:Parallel</c> (photos read at once, default one a core).
    /// </summary>
    public static IServiceCollection AddReading(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(_ => new OcrModels(configuration["Reading:Models"]))
        .AddSingleton(provider => new TextRecognizer(
            provider.GetRequiredService<OcrModels>(), configuration.GetValue("Reading:Parallel", Environment.ProcessorCount)))
        .AddSingleton<CodeReader>()
        .AddSingleton<ReceiptReader>();
}
