namespace Invoicing.Tickets.Reading.Tests;

/// <summary>Tickets as people type or paste them. Merchants are invented; RFCs are the tax authority's public test ones or well formed.</summary>
internal static class Tickets
{
    public const string MejorFuturo = """
        MEJOR FUTURO S.A. DE C.V.
        RFC MFU761216I40
        AV. HIDALGO 120 COL. CENTRO
        Fecha del día: 18/08/2025  14:22
        Folio No: 318534
        Mesa 12
        2 COMIDA CORRIDA       240.00
        1 AGUA DE JAMAICA       59.00
        1 FLAN                  60.00
        Total $359.00
        Facture en facturacion.inforest.com.mx
        o facturacion.infocaja.com.mx
        dentro de las siguientes 72 horas.
        Debe esperar 60 minutos antes de facturar.
        """;

    public const string Convenience = """
                OXXO
         CADENA COMERCIAL OXXO, S.A. DE C.V.
        RFC: CCO8605231N4
        TIENDA: 50FJA EL MIRADOR
        FECHA: 02/07/2025       HORA: 08:03:41
        CAJA: 1                   CAJERO: 7680
        1 AGUA 1L                        16.00
        3 CAFE 12OZ                      96.00
        SUBTOTAL                        $96.55
        IVA 16%                         $15.45
        TOTAL M.N.  $112.00
        EFECTIVO                       $200.00
        CAMBIO                          $88.00
        FOL_VTA: 0761702
        ID=GXRMVWBLR2VX
        FACTURA EN: www.oxxo.com/facturacion
        VIGENCIA: FIN DE MES DE SU COMPRA
        """;

    public const string Supermarket = """
        Walmart
        NUEVA WAL MART DE MEXICO S DE RL DE CV
        RFC NWM9709244W4
        ST# 6206 OP# 53886271 TE# 88 TR# 88028
        ARROZ 900G 075098879746      93.00 E
        SUBTOTAL                      93.00
        IVA 16.0%                      0.00
        TOTAL                       $ 93.00
        TARJETA BANCARIA              93.00
        TC# 1782 1944 5179 2929 0652
        Cuentanos tu experiencia y gana en
        www.walmartopina.com.mx
        FACTURA EN
        facturacion.walmartmexico.com.mx
        02/07/2025   08:03:41
        """;

    public const string Fuel = """
        GASOLINERA EL MEZQUITE SA DE CV
        R.F.C. EKU9003173C9
        ESTACION DE SERVICIO 01282
        FECHA:               16/03/2026 21:06:24
        DESPACHO:                       37723802
        WEB ID:                         U192XDHM
        BOMBA: 10                       TURNO: 2
        CANTIDAD (LTS)                    39.695
        PRECIO/LT                         $26.35
        SUBTOTAL                        $ 904.86
        I.V.A.                          $ 141.10
        TOTAL      $1,045.96
        FORMA DE PAGO: TARJETA DE DEBITO
        FACTURE EN LINEA:
        facturacion.gaslp.mx
        TIENE 72 HRS PARA FACTURAR
        """;

    public const string Restaurant = """
        CAFÉ & COCINA LUPITA
        ALIMENTOS L&P SA DE CV
        AL&0503103T6
        FOLIO: 81729            MESA: 23
        01/05/25 12:06 p. m.
        SUBTOTAL                 $642.24
        IVA                      $102.76
        TOTAL    $745.00
        PROPINA NO INCLUIDA
        SUGERIDA 10%               74.50
        SUGERIDA 15%              111.75
        FACTURACIÓN EN LÍNEA
        misfacturas.mx/lupita
        CODIGO: L3FAYUJJC3
        """;

    public const string DepartmentStore = """
        CASA LIEBANA S.A. DE C.V.
        R.F.C.: EKU9003173C9
        TDA 0123 TERM 045 TRANS # 009912
        17-NOV-2025 18:45
        CAMISA HOMBRE          1,299.00
        TOTAL DE ARTICULOS 1
        SUBTOTAL               1,119.83
        IVA                      179.17
        IMPORTE TOTAL         $1,299.00
        TARJETA DE CREDITO     1,299.00
        CODIGO DE FACTURACION
        A1B2 C3D4 E5F6 G7H8 J9K0
        Factura tu compra dentro del mismo mes en
        https://facturacionclientes.liverpool.com.mx/
        generarFactura
        """;

    public const string Toll = """
        AUTOPISTAS DEL ALTIPLANO SA DE CV
        RFC: EKU9003173C9
        CASETA: LAGOS CARRIL: 07
        FECHA 05/02/2026 HORA 07:15:02
        IMPORTE $187.00 IVA INCLUIDO
        CODIGO DE FACTURACION
        9F3K 22LM 8QPT 01XZ 7C
        FACTURE EN http://www.altiplano.mx:8080/facturacionrapida
        TIENE 15 DIAS PARA FACTURAR
        """;

    public const string Pharmacy = """
        FARMACIAS GUADALAJARA S.A. DE C.V.
        RFC: FGU830930PD3
        SUC. 2195 AV. NIÑOS HÉROES 1540
        FECHA 14-07-2026               15:15 hrs
        FOLIO FACTURACION: 6N4W-24262486
        SUBTOTAL:                         179.70
        I.V.A.:                            12.20
        TOTAL:                          $ 191.90
        EFECTIVO:                         200.00
        SU CAMBIO:                          8.10
        Obtenga su factura en
        www.farmaciasguadalajara.com/factura
        """;

    public const string WithCustomer = """
        PAPELERIA EL LAPIZ
        JUAN PEREZ LOPEZ
        RFC EMISOR: CACX7605101P8
        NOTA DE VENTA 5521
        DATOS DEL CLIENTE
        RFC: XAXX010101000
        RFC CLIENTE: EKU9003173C9
        25 de noviembre de 2025
        SUB TOTAL: $100.00
        I.V.A.: $16.00
        TOTAL: $116.00
        PAGO EN EFECTIVO $116.00
        """;

    public const string NoTotal = """
        ABARROTES LA ESQUINA
        RFC: EKU9003173C9
        FOLIO: 221
        SUBTOTAL: $100.00
        """;

    public const string LocalFuel = """
              LITRO MIL TEST
        INNOVACION VALOR Y DESARROLLO
        R.F.C. IVD920810GU2
        ESTACION: E10512
        LITRO MIL LAS TORRES
        FECHA:                 24/11/2026 04:58
        FOLIO (DESPACHO):               4471902
        WEB ID:                        O8K2QZ0P
        PRODUCTO                          MAGNA
        LITROS                               19
        IMPORTE                         $446.31
        SUBTOTAL                       $ 384.75
        I.V.A. 16%                      $ 61.56
        TOTAL                          $ 446.31
        FORMA DE PAGO: EFECTIVO
        FACTURE EN:
        http://localhost:8203/litromil/facturar.aspx
        http://localhost:8204/litromil/
        TIENE 72 HRS PARA FACTURAR
        """;

    public const string Coffee = """
        STARBUCKS COFFEE
        CAFE SIRENA S. DE R.L. DE C.V.
        RFC: CSI020226MV4
        TIENDA 09576 ANTARA
        TICKET: 006148619            TERM: 2
        FECHA: 16/01/2026 07:40 PM
        SUBTOTAL                      187.93
        IVA 16%                        30.07
        TOTAL                         218.00
        VISA DEBITO                   218.00
        FACTURA ELECTRONICA:
        alsea.interfactura.com
        Disponible en 30 minutos, durante 30 dias naturales
        """;

    public const string OfficeStore = """
        PAPELERIA Y OFICINA SA DE CV
        RFC EKU9003173C9
        SUCURSAL: 0231 PLAZA MAYOR
        CAJA 3   TICKET 88213
        ITU: 7H2KQ90ZL4MM81XA
        12-ENE-26 13:05
        SUBTOTAL 862.07 IVA 137.93 TOTAL 1,000.00
        TARJETA DE CREDITO 1,000.00
        AUTORIZACION: 445566  AFILIACION: 7788990
        Facture despues de 24 horas y hasta el dia 5 del mes siguiente en www.oficina.com.mx/factura
        """;

    public const string LongTicketNumber = """
        SIETE SOLES SA DE CV
        R.F.C. EKU9003173C9
        No. TICKET
        1234567 8901234 5678901 2345678 9012345
        FECHA 31/10/2025 23:59:59
        TOTAL $ 45.50
        EFECTIVO $ 50.00
        CAMBIO $ 4.50
        FACTURA EXPRESS EN facturacion.sietesoles.com.mx:8443/KPortalExterno/
        """;

    public const string Columns = """
        PIZZERIA NAPOLES
        MARIA LUISA ÑAÑEZ ROJAS
        RFC: EKU9003173C9
        FOLIO      CAJA      MESA
        000451     02        14
        3 de marzo de 2026   20:15 hrs
        IMPORTE TOTAL: 540.00
        PAGO: TRANSFERENCIA 540.00
        """;
}
